/** One device: a disk, locks and a channel that its tabs share. Each tab has a worker (`LoginHost`) and a page. */
import type { PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { basicHeader } from '../../src/auth/basic.ts'
import type { AuthorizationSource } from '../../src/auth/authorization-source.ts'
import { JmapError } from '../../src/jmap/errors.ts'
import { HttpJmapClient } from '../../src/jmap/http-client.ts'
import type { Session } from '../../src/jmap/session.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Locks } from '../../src/platform/locks.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import type { Random } from '../../src/platform/random.ts'
import { StoredReplica } from '../../src/replica/stored-replica.ts'
import type { KeepLimits } from '../../src/sync/account-context.ts'
import type { ChannelLike, ChannelMessage } from '../../src/sync/channel.ts'
import type { AccountStatus } from '../../src/sync/engine-port.ts'
import { Listeners } from '../../src/sync/listeners.ts'
import { toAccounts } from '../../src/workers/account-list.ts'
import { LoginHost } from '../../src/workers/login-host.ts'
import { fakeLocks } from '../support/fake-locks.ts'
import type { OpenList } from '../support/open-list.ts'
import type { VirtualClock } from '../support/virtual-clock.ts'
import { connection, Disk } from './disk.ts'
import { Life, never } from './life.ts'
import { openPageList } from './page-list.ts'
import type { Tended } from './tended.ts'
import { callsOf, WRITING, type Peer, type Post, type Wire } from './wire.ts'

const LOGIN = '0123456789abcdef'
/** A stopped tab that goes on hears of a theft so much later: nothing orders that news against what else it missed. */
const NEWS_MS = 30

export interface DeviceDeps {
  readonly name: string
  readonly clock: VirtualClock
  readonly seed: number
  readonly like: PersonalityName
  /** How far down rows are kept; the reader's choice where it is left out. */
  readonly keep: KeepLimits | undefined
  readonly inbox: MailboxId
  readonly user: { readonly username: string; readonly password: string }
  readonly session: Session
  readonly wire: Wire
  readonly breach: (invariant: string, what: string) => void
  readonly tended: Tended
}

export interface Tab {
  readonly name: string
  readonly life: Life
  readonly host: LoginHost
  readonly page: StoredReplica
  readonly clock: Clock
  readonly statuses: Listeners<AccountStatus>
  list: OpenList | undefined
  status: AccountStatus | undefined
  visible: boolean
  lacksRoom: boolean
  /** When it went on after standing still: what it held back comes all at once. */
  thawedAt: number
}

interface Member {
  readonly channel: ChannelLike
  readonly life: Life
}

export class Device {
  readonly name: string
  readonly disk = new Disk()
  readonly tabs: Tab[] = []
  readonly account: string
  /** Blobs whose body was here: it stays as long as the message does, under whatever id, and the disk has room. */
  readonly bodies = new Set<string>()
  /** Reads what is stored, whatever lives. */
  readonly stored: StoredReplica
  readonly #deps: DeviceDeps
  readonly #locks = fakeLocks()
  readonly #members = new Set<Member>()
  #holder: Tab | undefined
  #isRejected = false
  #opened = 0

  constructor(deps: DeviceDeps) {
    this.#deps = deps
    this.name = deps.name
    this.account = `${LOGIN}.${deps.session.primaryMail ?? ''}`
    this.stored = new StoredReplica(this.disk, { clock: deps.clock, random: seededRandom(1) })
  }

  get living(): readonly Tab[] {
    return this.tabs.filter(({ life }) => !life.isDead)
  }

  /** Those that a user can use. */
  get usable(): readonly Tab[] {
    return this.living.filter(({ life }) => !life.isFrozen)
  }

  get leader(): Tab | undefined {
    return this.living.find(({ host }) => host.isLeading)
  }

  open(): Tab {
    this.#opened += 1
    const name = `${this.name}${this.#opened}`
    const life = new Life()
    const clock = mortalClock(this.#deps.clock, life)
    const random = seededRandom(this.#deps.seed * 1000 + this.name.charCodeAt(0) * 50 + this.#opened)
    const pageChannel = this.#join(life)
    const page = new StoredReplica(connection(this.disk, life), {
      clock,
      random,
      onCommit: (notice) => pageChannel.postMessage({ k: 'changed', account: this.account, notice }),
    })
    pageChannel.onmessage = ({ data }) => {
      if (data.k === 'changed') page.announce(data.notice)
    }
    const tab: Tab = {
      name,
      life,
      page,
      clock,
      statuses: new Listeners(),
      list: undefined,
      host: this.#host(name, life, { clock, random }, () => tab),
      status: undefined,
      visible: true,
      lacksRoom: false,
      thawedAt: -1,
    }
    this.tabs.push(tab)
    tab.host.didPage('visible')
    tab.list = openPageList(Math.floor(this.#deps.seed / 3) + this.#opened, this.#deps.inbox, tab, this.account)
    return tab
  }

  thaw(): void {
    for (const tab of this.living.filter(({ life }) => life.isFrozen)) {
      tab.thawedAt = this.#deps.clock.now()
      tab.life.thaw()
    }
  }

  /** Pages whose worker found no room are loaded again: answers which. */
  freeDisk(): string {
    this.disk.isFull = false
    const lacking = this.living.filter(({ lacksRoom }) => lacksRoom)
    for (const { life } of lacking) life.end()
    return lacking.map(({ name }) => `${name} becomes ${this.open().name}`).join(', ')
  }

  /** Every tab dies, and what was not flushed may be gone: answers how many transactions are. */
  async cutPower(most: number): Promise<number> {
    for (const { life } of this.living) life.end()
    await this.#deps.clock.settle()
    this.bodies.clear()
    const lost = await this.disk.cut(most)
    this.open()
    return lost
  }

  /** Somebody has entered the password again, in this tab. */
  signIn(tab: Tab): void {
    this.#deps.wire.lockedOut.delete(this.name)
    if (!this.#isRejected) return
    this.#isRejected = false
    tab.host.didSignInAgain()
  }

  #host(name: string, life: Life, own: { clock: Clock; random: Random }, tab: () => Tab): LoginHost {
    const { session, user } = this.#deps
    const infos = toAccounts(session, LOGIN, user.username, true)
    return new LoginHost(
      {
        login: LOGIN,
        tab: name,
        ...own,
        log: silentLogger,
        keep: this.#deps.keep,
        locks: this.#locksOf(life, own.clock, tab),
        channel: this.#join(life),
        connect: () => {
          const fetch = this.#fetchOf(life, tab)
          const deps = { fetch, ...own, log: silentLogger, authorization: this.#authorization() }
          return new HttpJmapClient(deps, { session, policy: { allowedOrigins: [], rewriteTo: null } })
        },
        // A worker that finds no room goes on in memory until its page is loaded again (`tests/sync/disk-full.test.ts`):
        // here it does nothing until then.
        openReplica: () => {
          const onFull = (): void => {
            tab().lacksRoom = true
            tab().host.close()
          }
          const replica = new StoredReplica(connection(this.disk, life), { ...own, onFull })
          const append = replica.appendMutation.bind(replica)
          replica.appendMutation = (mutation) => this.#deps.tended.engineDid(this, mutation, append)
          return Promise.resolve(replica)
        },
        toAccounts: (now) => toAccounts(now, LOGIN, user.username, true),
        onMute: () => undefined,
        onAccounts: () => undefined,
        onStatus: (_, status) => {
          tab().status = status
          tab().statuses.tell(status)
        },
        onForeignAccounts: () => undefined,
        onForeignSignOut: () => undefined,
      },
      infos,
    )
  }

  /** A password that was refused is not sent again until somebody enters it anew. */
  #authorization(): AuthorizationSource {
    const { user, wire } = this.#deps
    const refuse = (): Promise<never> => Promise.reject(new JmapError('unauthorized', 'refused'))
    const header = (): Promise<string> =>
      this.#isRejected ? refuse() : Promise.resolve(basicHeader(user.username, user.password))
    return {
      header,
      renew: () => {
        if (!wire.lockedOut.has(this.name)) return header()
        this.#isRejected = true
        return refuse()
      },
    }
  }

  #fetchOf(life: Life, tab: () => Tab): typeof fetch {
    const { wire } = this.#deps
    const isLeader = (): boolean => !life.isDead && this.#holder === tab()
    const peer: Peer = { device: this.name, tab: tab().name, isLeader, busyUntil: 0, inFlight: 0 }
    return async (url, init) => {
      if (life.isDead) return never()
      const post: Post = {
        url: url as string,
        method: init?.method ?? 'GET',
        headers: init?.headers as Record<string, string>,
        body: init?.body as string | undefined,
        calls: callsOf(init?.body as string | undefined),
      }
      this.#checkSender(tab(), post)
      const isStream = post.headers['Accept'] === 'text/event-stream'
      const signal = init?.signal ?? new AbortController().signal
      const answer = isStream
        ? wire.stream(peer, post).then((response) => mortalStream(response, signal, life))
        : wire.send(peer, post, signal)
      return life.through(abortable(answer, signal))
    }
  }

  /** I7: only who holds the lock sends what users did, as far as it has heard. */
  #checkSender(tab: Tab, post: Post): void {
    const { breach, clock } = this.#deps
    if (this.#holder === tab || clock.now() <= tab.thawedAt + NEWS_MS) return
    if (post.calls.some(([name]) => WRITING.includes(name))) breach('I7', `${tab.name} sends without the lock`)
  }

  #locksOf(life: Life, clock: Clock, tab: () => Tab): Locks {
    const gone = new AbortController()
    life.onEnd(() => gone.abort(new DOMException('gone', 'AbortError')))
    const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>): Promise<unknown> => {
      const hold: LockGrantedCallback<unknown> = async (lock) => {
        this.#holder = tab()
        const held = life.through(Promise.resolve()).then(() => callback(lock))
        return Promise.race([held, life.over])
      }
      const signal = options.signal ? AbortSignal.any([options.signal, gone.signal]) : gone.signal
      const held = this.#locks.request(name, options.steal ? options : { ...options, signal }, hold)
      return life.through(held).catch(async (error: unknown) => {
        if (tab().thawedAt === this.#deps.clock.now())
          await new Promise<void>((resolve) => void clock.after(NEWS_MS, resolve))
        throw error
      })
    }
    return { request } as unknown as Locks
  }

  #join(life: Life): ChannelLike {
    const channel: ChannelLike = {
      onmessage: null,
      postMessage: (message) => {
        if (!life.isDead) this.#tell(member, message)
      },
      close: () => void this.#members.delete(member),
    }
    const member: Member = { channel, life }
    this.#members.add(member)
    life.onEnd(() => this.#members.delete(member))
    return channel
  }

  #tell(from: Member, data: ChannelMessage): void {
    const others = [...this.#members].filter((member) => member !== from)
    this.#deps.clock.after(1, () => {
      for (const { channel, life } of others) life.run(() => channel.onmessage?.({ data }))
    })
  }
}

function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (ms, callback) => {
      let isCancelled = false
      // Cancelled while it was held back, too.
      const cancel = clock.after(ms, () =>
        life.run(() => {
          if (!isCancelled) callback()
        }),
      )
      return () => {
        isCancelled = true
        cancel()
      }
    },
  }
}

/** As `fetch` rejects once its signal aborts. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DOMException('aborted', 'AbortError'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The body of a stream ends with its request, as a browser's does, and with the tab. */
function mortalStream(response: Response, signal: AbortSignal, life: Life): Response {
  const { body, status, headers } = response
  if (!body) return response
  const reader = body.getReader()
  const stop = (): void => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  life.onEnd(stop)
  const through = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const part = await life.through(reader.read())
      if (signal.aborted) controller.error(new DOMException('aborted', 'AbortError'))
      else if (part.done) controller.close()
      else controller.enqueue(part.value)
    },
    cancel: stop,
  })
  return new Response(through, { status, headers })
}
