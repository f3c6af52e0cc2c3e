import { createJmapServer } from '../../demo/server/jmap-server.ts'
import type { DemoShare, DemoUser } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import { basicHeader } from '../../src/auth/basic.ts'
import { HttpJmapClient } from '../../src/jmap/http-client.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { MemoryReplica } from '../../src/replica/memory/memory-replica.ts'
import type { AccountInfo, AccountStatus } from '../../src/sync/engine-port.ts'
import { toAccounts } from '../../src/workers/account-list.ts'
import { LoginHost } from '../../src/workers/login-host.ts'
import '../simulate/loaded.ts'
import { deliverTo } from '../support/deliver.ts'
import { fakeLocks } from '../support/fake-locks.ts'
import { InProcessClient } from '../support/in-process-client.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { atLeast, atMost, type Check, type Figure } from './check.ts'

const LOGIN = '0123456789abcdef'
const MARA = { username: 'mara@example.test', password: 'mara-secret' } satisfies DemoUser
const TIMES = 20

export const R15: Check = {
  name: 'R15',
  about: 'a shared account comes, goes, and loses its mail, 20 times',
  inProcess: run,
}

async function run(): Promise<readonly Figure[]> {
  const login = await Login.open()
  let [reads, left, asked, had, uncaught] = [0, 0, 0, 0, 0]
  const onError = (): void => void (uncaught += 1)
  process.on('unhandledRejection', onError)
  for (let count = 0; count < TIMES; count += 1) {
    await login.share(true)
    const replica = login.replicas.get(login.team)
    had += (await login.rows()) > 0 ? 1 : 0
    const before = login.sessionReads
    await login.share(false)
    reads = Math.max(reads, login.sessionReads - before)
    left += replica ? await rowsOf(replica) : 0
    const requests = login.teamRequests
    await login.clock.advance(180_000)
    asked += login.teamRequests - requests
  }
  // It stays, without its mail.
  await login.share(true)
  const before = login.sessionReads
  login.hasTeamMail = false
  await login.stir()
  const lostMail = login.sessionReads - before
  const { phase } = login.statuses.get(login.own) ?? {}
  login.close()
  process.off('unhandledRejection', onError)
  return [
    atMost('session reads for one change', Math.max(reads, lostMail), 1),
    atLeast('times its rows were here', had, TIMES),
    atMost('rows left of an account that is gone', left, 0),
    atMost('requests for it', asked, 0),
    atMost('engines that stopped with it', phase === 'ready' ? 0 : 1, 0),
    atMost('uncaught errors', uncaught, 0),
  ]
}

async function rowsOf(replica: MemoryReplica): Promise<number> {
  return replica.read(['emails', 'mailboxes'], async (tx) => (await tx.count('emails')) + (await tx.count('mailboxes')))
}

/** One tab's worker for one sign-in, whose session the server changes. */
class Login {
  readonly clock = new VirtualClock()
  readonly replicas = new Map<string, MemoryReplica>()
  readonly statuses = new Map<string, AccountStatus>()
  sessionReads = 0
  teamRequests = 0
  hasTeamMail = true
  readonly #shares: DemoShare[] = []
  readonly #server = createJmapServer({
    like: 'plain',
    clock: this.clock,
    random: seededRandom(15),
    users: [MARA, { username: 'team@example.test', shares: this.#shares }],
  })
  #host: LoginHost | undefined
  #inside = 0
  #deliveries = 0

  static async open(): Promise<Login> {
    const login = new Login()
    login.clock.waitFor(() => login.#inside > 0)
    const { session } = await InProcessClient.connect(login.#server, login.clock, MARA)
    const parts = { clock: login.clock, random: seededRandom(16), log: silentLogger }
    const authorization = {
      header: () => Promise.resolve(basicHeader(MARA.username, MARA.password)),
      renew: () => Promise.reject(new Error('refused')),
    }
    const accounts = (now: typeof session): readonly AccountInfo[] => toAccounts(now, LOGIN, MARA.username, true)
    const fetch = (url: unknown, init?: RequestInit): Promise<Response> => login.#fetch(url as string, init)
    login.#host = new LoginHost(
      {
        login: LOGIN,
        tab: 'A1',
        ...parts,
        keep: { days: 0, atLeast: 100 },
        locks: fakeLocks(),
        channel: { onmessage: null, postMessage: () => undefined, close: () => undefined },
        connect: () =>
          new HttpJmapClient(
            { fetch: fetch, ...parts, authorization },
            { session, policy: { allowedOrigins: [], rewriteTo: null } },
          ),
        openReplica: ({ key }) => {
          const replica = new MemoryReplica(parts)
          login.replicas.set(key, replica)
          return Promise.resolve(replica)
        },
        toAccounts: accounts,
        onMute: () => undefined,
        onAccounts: () => undefined,
        onStatus: (account, status) => void login.statuses.set(account, status),
        onForeignAccounts: () => undefined,
        onForeignSignOut: () => undefined,
      },
      accounts(session),
    )
    login.#host.didPage('visible')
    await login.stir()
    return login
  }

  get own(): string {
    return `${LOGIN}.${this.#server.accountOf(MARA.username).id}`
  }

  get team(): string {
    return `${LOGIN}.${this.#server.accountOf('team@example.test').id}`
  }

  async share(isShared: boolean): Promise<void> {
    this.#shares.length = 0
    if (isShared) this.#shares.push({ with: MARA.username, mailboxes: 'write' })
    await this.stir()
  }

  async rows(): Promise<number> {
    const replica = this.replicas.get(this.team)
    return replica ? rowsOf(replica) : 0
  }

  /** Mail for both: what is asked next tells of the session's new state. */
  async stir(): Promise<void> {
    for (const name of [MARA.username, 'team@example.test']) {
      const account = this.#server.accountOf(name)
      this.#deliveries += 1
      const place = { at: this.clock.now(), mailbox: account.mailboxByRole('inbox')?.id ?? '' }
      deliverTo(account, this.#deliveries, place)
    }
    await this.clock.advance(30_000)
  }

  close(): void {
    this.#host?.close()
    this.#server.close()
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const body = typeof init.body === 'string' ? init.body : ''
    const isSession = url.endsWith('/jmap/session')
    if (isSession) this.sessionReads += 1
    if (body.includes(`"${this.#server.accountOf('team@example.test').id}"`)) this.teamRequests += 1
    this.#inside += 1
    try {
      const answer = await this.#server.fetch(new Request(url, init))
      return this.hasTeamMail || !answer.headers.get('content-type')?.includes('json')
        ? answer
        : await this.#bare(answer)
    } finally {
      this.#inside -= 1
    }
  }

  /** As a server says it that has taken the mail capability from the shared account. */
  async #bare(answer: Response): Promise<Response> {
    const told = (await answer.json()) as Record<string, unknown>
    const accounts = told['accounts'] as Record<string, { accountCapabilities: Record<string, unknown> }> | undefined
    const team = accounts?.[this.#server.accountOf('team@example.test').id]
    if (team) delete team.accountCapabilities['urn:ietf:params:jmap:mail']
    for (const key of ['state', 'sessionState']) if (typeof told[key] === 'string') told[key] = `${told[key]}-bare`
    return new Response(JSON.stringify(told), {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
    })
  }
}
