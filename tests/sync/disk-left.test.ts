/** The worker as a whole on a device that takes no new byte, or answers nothing: the sign-in goes on in its memory, over the kept credential. */
import { afterEach, expect, test } from 'vitest'
import { createJmapServer, type JmapServer } from '../../demo/server/jmap-server.ts'
import { MemoryCredentialStore } from '../../src/auth/memory-credential-store.ts'
import type { EmailId } from '../../src/jmap/types.ts'
import { noDeployment } from '../../src/jmap/deployment.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { MemoryStorage } from '../../src/replica/memory/memory-storage.ts'
import { RemoteReplica } from '../../src/replica/remote.ts'
import { ReplicaError } from '../../src/replica/replica-error.ts'
import { StoredReplica } from '../../src/replica/stored-replica.ts'
import type { ReplicaReads } from '../../src/replica/replica.ts'
import type { Storage } from '../../src/replica/storage/storage.ts'
import type { AccountInfo, AccountStatus } from '../../src/sync/engine-port.ts'
import type { FromWorker } from '../../src/sync/wire.ts'
import { Host } from '../../src/workers/host.ts'
import { demoFetch } from '../support/demo-fetch.ts'
import { fakeLocks } from '../support/fake-locks.ts'
import { ManualClock, settle } from '../support/manual-clock.ts'

const PAGE = 'https://webmail.example.test'
const MARA = { username: 'mara@example.test', password: 'mara-secret' }

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** What only deletes passes, as browsers have it; mute, it answers nothing, as WebKit's may. */
function fillable(storage: Storage): Storage & { isFull: boolean; isMute: boolean } {
  const refuse = (): never => {
    throw new ReplicaError('quota')
  }
  const full: Storage & { isFull: boolean; isMute: boolean } = {
    isFull: false,
    isMute: false,
    transaction: async (stores, options, body) => {
      while (full.isMute) await settle()
      return storage.transaction(stores, options, (tx) =>
        body(full.isFull ? { ...tx, put: refuse, append: refuse } : tx),
      )
    },
    // It is the device's, whoever closes it.
    close: () => undefined,
  }
  return full
}

interface Fault {
  readonly isFull?: boolean
  readonly isMute?: boolean
  /** Before time passes by itself until all is ready. */
  readonly meanwhile?: (disk: ReturnType<typeof fillable>, clock: ManualClock) => Promise<void>
}

interface Signed {
  readonly server: JmapServer
  readonly clock: ManualClock
  /** By the clock. */
  readonly began: number
  readonly disk: ReturnType<typeof fillable>
  readonly said: readonly FromWorker[]
  readonly account: AccountInfo
  readonly status: () => AccountStatus | undefined
  /** What the page reads once the worker has said that it is to. */
  readonly memory: () => RemoteReplica
  /** Lets time pass until it is so. Code that is loaded takes some of the machine's own. */
  readonly until: (isSo: () => boolean | Promise<boolean>) => Promise<void>
}

async function signedIn({ meanwhile, ...fault }: Fault = {}): Promise<Signed> {
  const clock = new ManualClock()
  const began = clock.now()
  const server = createJmapServer({ users: [MARA], clock })
  const disk = fillable(new MemoryStorage())
  Object.assign(disk, fault)
  const said: FromWorker[] = []
  const locks = fakeLocks()
  const host = new Host({
    tab: 'tab',
    fetch: demoFetch(server, PAGE).fetch,
    clock,
    random: systemRandom,
    log: silentLogger,
    locks,
    pageOrigin: PAGE,
    isSecureContext: true,
    deployment: Promise.resolve(noDeployment),
    keptStore: Promise.resolve(new MemoryCredentialStore()),
    loadPrivateMode: () => import('../../src/workers/private-mode.ts'),
    openChannel: () => ({ onmessage: null, postMessage: () => undefined, close: () => undefined }),
    replicas: {
      open: (_account, events) => Promise.resolve(new StoredReplica(disk, { clock, random: systemRandom, ...events })),
      delete: () => undefined,
      retryDeletions: () => undefined,
    },
    post: (message) => said.push(message),
  })
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) {
      if (await isSo()) return
      await clock.advance(250)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error('It did not come to that.')
  }
  const status = (): AccountStatus | undefined =>
    said.flatMap((message) => (message.k === 'status' ? message.status : [])).at(-1)
  await host.handle({ k: 'engine', id: 1, method: 'signIn', args: [{ server: '', ...MARA, keep: true }] })
  await meanwhile?.(disk, clock)
  await until(() => status()?.phase === 'ready')
  const account = said.flatMap((message) => (message.k === 'accounts' ? message.accounts : [])).at(-1)
  if (!account) throw new Error('no account')
  open.push(() => {
    void host.handle({ k: 'page', event: 'bye' })
    disk.isMute = false
    server.close()
  })
  return {
    server,
    clock,
    began,
    disk,
    said,
    account,
    status,
    memory: () => {
      const { port1, port2 } = new MessageChannel()
      open.push(() => port1.close())
      void host.handle({ k: 'replica', account: account.key }, port2)
      return new RemoteReplica(port1)
    },
    until,
  }
}

const wordsOfMemory = ({ said, account }: Signed): FromWorker[] =>
  said.filter((message) => message.k === 'memory' && message.account === account.key)

const RAW = 'From: a@remote.example\r\nTo: mara@example.test\r\nSubject: News\r\n\r\nOne line.\r\n'

test('a sign-in whose rows find no room goes on in memory, and what waited on the device is sent', async () => {
  const signed = await signedIn()
  const { server, disk, clock, account, status, until } = signed
  const mara = server.accountOf(MARA.username)
  const device = new StoredReplica(disk, { clock, random: systemRandom })
  const isOn = async (replica: ReplicaReads, id: string): Promise<boolean> =>
    (await replica.emails([id as EmailId]))[0] !== undefined
  const { id } = mara.deliver(RAW)
  await until(() => isOn(device, id))
  expect(status()?.problem).toBeUndefined()
  // Nobody has told the worker of it yet.
  const seen = { type: 'setKeyword', emailIds: [id as EmailId], blobIds: [], keyword: '$seen', value: true } as const
  await device.appendMutation(seen)

  disk.isFull = true
  const next = mara.deliver(RAW)
  await until(() => wordsOfMemory(signed).length > 0)
  expect(account.isKept).toBe(true)
  const memory = signed.memory()
  await until(async () => (await device.outbox()).length === 0)
  expect([...(mara.emails.get(id)?.keywords ?? [])]).toContain('$seen')
  expect(await memory.outbox()).toEqual([])
  expect(await isOn(memory, next.id)).toBe(true)
  expect(await isOn(device, next.id)).toBe(false)
  await until(() => status()?.phase === 'ready')
  expect(status()?.problem).toEqual({ kind: 'storage' })
  expect(wordsOfMemory(signed)).toHaveLength(1)
})

test('a device that is full from the start is left at once', async () => {
  const signed = await signedIn({ isFull: true })
  await signed.until(() => wordsOfMemory(signed).length > 0)
  expect(await signed.memory().mailboxes()).not.toEqual([])
  await signed.until(() => signed.status()?.phase === 'ready' && signed.status()?.problem?.kind === 'storage')
})

test('a device that answers nothing is left after ten seconds, and it is said', async () => {
  const signed = await signedIn({ isMute: true })
  const { clock, status, until } = signed
  await until(() => wordsOfMemory(signed).length > 0)
  expect(clock.now() - signed.began).toBeGreaterThanOrEqual(10_000)
  let isRead = false
  void signed
    .memory()
    .mailboxes()
    .then(({ length }) => (isRead = length > 0))
  await until(() => isRead && status()?.phase === 'ready' && status()?.problem?.kind === 'muteStorage')
})

test('a device that takes nine seconds, asleep for a while or not, is not left', async () => {
  const signed = await signedIn({
    isMute: true,
    meanwhile: async (disk, clock) => {
      await clock.advance(5_000)
      await clock.sleep(60_000)
      await clock.advance(3_500)
      disk.isMute = false
    },
  })
  await signed.clock.advance(10_000)
  expect(signed.status()).toMatchObject({ phase: 'ready' })
  expect(signed.status()?.problem).toBeUndefined()
  expect(wordsOfMemory(signed)).toEqual([])
})
