/**
 * The worker's side of `EnginePort`: sign-in and sign-out, one LoginHost for each sign-in, and the page's messages.
 * Credentials live here and in `auth/`; nothing that is posted to the page holds one.
 */
import type { CredentialInfo } from '../auth/credential.ts'
import type { CredentialStore } from '../auth/credential-store.ts'
import type { SignInOutcome, SignInRequest } from '../auth/outcomes.ts'
import { signIn } from '../auth/sign-in.ts'
import { TargetAhead } from '../auth/sign-in-target.ts'
import { StoredAuthorization } from '../auth/authorization.ts'
import type { Deployment } from '../jmap/deployment.ts'
import { HttpJmapClient } from '../jmap/http-client.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import type { PortLike } from '../replica/remote.ts'
import type { Replica } from '../replica/replica.ts'
import type { ChannelLike } from '../sync/channel.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'
import type { Locks } from '../platform/locks.ts'
import { toPortError, type FromWorker, type ToWorker } from '../sync/wire.ts'
import { toAccounts } from './account-list.ts'
import { LoginHost } from './login-host.ts'

export interface HostDeps {
  readonly tab: string
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly locks: Locks | undefined
  readonly pageOrigin: string
  readonly isSecureContext: boolean
  readonly deployment: Promise<Deployment>
  /** Undefined where the browser keeps no database: then every sign-in is private. */
  readonly keptStore: Promise<CredentialStore | undefined>
  readonly privateStore: CredentialStore
  readonly openChannel: (login: LoginId) => ChannelLike
  readonly replicas: Replicas
  readonly post: (message: FromWorker) => void
}

/** How replicas are made and unmade. */
export interface Replicas {
  openKept(account: AccountInfo): Promise<Replica>
  openPrivate(account: AccountInfo): Promise<Replica>
  /** Not awaited by anybody: it hangs beside a stopped tab, and is tried again at each start. */
  deleteKept(account: AccountInfo): void
  /** Databases that an earlier deletion left behind. */
  retryDeletions(isSignedOut: (login: LoginId) => boolean): void
}

export class Host {
  readonly #deps: HostDeps
  readonly #logins = new Map<LoginId, { host: LoginHost; store: CredentialStore; isKept: boolean }>()
  readonly #aborts = new Map<number, AbortController>()
  readonly #started: Promise<void>
  readonly #ahead: TargetAhead
  #visibility: 'visible' | 'hidden' = 'visible'

  constructor(deps: HostDeps) {
    this.#deps = deps
    this.#ahead = new TargetAhead(deps.clock)
    this.#started = this.#start()
  }

  /** Everything the page says. `port` comes with `replica`. */
  async handle(message: ToWorker, port?: PortLike): Promise<void> {
    switch (message.k) {
      case 'abort':
        this.#aborts.get(message.id)?.abort()
        return
      case 'page':
        this.#didPage(message.event)
        return
      case 'replica':
        await this.#serveReplica(message.account, port)
        return
      case 'engine':
        await this.#answer(message.id, () => this.#engineCall(message.method, message.args))
        return
      case 'account': {
        const abort = new AbortController()
        this.#aborts.set(message.id, abort)
        await this.#answer(message.id, () => this.#accountCall(message, abort.signal))
        this.#aborts.delete(message.id)
        return
      }
    }
  }

  async #start(): Promise<void> {
    const store = await this.#deps.keptStore
    const infos = (await store?.list()) ?? []
    const signedOut = new Set(infos.filter(({ state }) => state === 'signedOut').map(({ login }) => login))
    for (const info of infos) if (store && info.state !== 'signedOut') this.#add(info, store, true)
    this.#postAccounts()
    this.#deps.replicas.retryDeletions((login) => signedOut.has(login))
  }

  #add(info: CredentialInfo, store: CredentialStore, isKept: boolean): LoginHost {
    const { clock, random, log, locks, fetch, tab } = this.#deps
    const authorization = new StoredAuthorization({ fetch, clock, store, log, locks }, info.login)
    const host = new LoginHost(
      {
        login: info.login,
        tab,
        clock,
        random,
        log,
        locks: isKept ? locks : undefined,
        channel: isKept ? this.#deps.openChannel(info.login) : undefined,
        connect: () => {
          const client = new HttpJmapClient(
            // Of a kept sign-in only the leader asks: it counts its requests alone, and no stopped tab holds a slot.
            { fetch, clock, random, log, authorization, locks: isKept ? undefined : locks },
            { login: info.login, session: info.session, policy: info.policy },
          )
          client.onSession((session) => {
            void store.saveSession(info.login, session)
          })
          return client
        },
        openReplica: (account) =>
          isKept ? this.#deps.replicas.openKept(account) : this.#deps.replicas.openPrivate(account),
        toAccounts: (session) => toAccounts(session, info.login, info.username, isKept),
        onAccounts: () => {
          this.#postAccounts()
        },
        onStatus: (account, status) => {
          this.#deps.post({ k: 'status', account, status })
        },
        onForeignAccounts: () => {
          void this.#rereadAccounts(info.login)
        },
        onForeignSignOut: () => {
          this.#drop(info.login)
        },
      },
      toAccounts(info.session, info.login, info.username, isKept),
    )
    this.#logins.set(info.login, { host, store, isKept })
    host.didPage(this.#visibility)
    return host
  }

  async #engineCall(method: string, args: readonly unknown[]): Promise<unknown> {
    await this.#started
    switch (method) {
      case 'accounts':
        return this.#accounts()
      case 'signIn':
        return this.#signIn(args[0] as SignInRequest)
      case 'prepareSignIn':
        this.#ahead.prepare(this.#deps, await this.#place())
        return undefined
      case 'unsent':
        return this.#unsent(args[0] as LoginId)
      case 'signOut':
        return this.#signOut(args[0] as LoginId)
      default:
        throw new Error(`no such call: ${method}`)
    }
  }

  async #accountCall(message: Extract<ToWorker, { k: 'account' }>, signal: AbortSignal): Promise<unknown> {
    await this.#started
    const { host } = this.#loginOf(message.account)
    return host.call(message.account, message.method, message.args, {
      signal,
      onProgress: (received) => {
        this.#deps.post({ k: 'progress', id: message.id, received })
      },
    })
  }

  async #signIn(request: SignInRequest): Promise<SignInOutcome> {
    const { fetch, clock, pageOrigin } = this.#deps
    const { server, username } = request
    const target = await this.#ahead.find(this.#deps, { server, username: username.trim(), ...(await this.#place()) })
    const kept = request.keep ? await this.#deps.keptStore : undefined
    const store = kept ?? this.#deps.privateStore
    const outcome = await signIn({ fetch, clock, store, pageOrigin }, request, target)
    if (outcome.kind !== 'signedIn') return outcome
    const known = this.#logins.get(outcome.login)
    if (known?.isKept === (kept !== undefined)) {
      known.host.didSignInAgain()
    } else {
      // This device is no longer theirs: what it kept goes, as by a sign-out.
      if (known?.isKept) await this.#signOut(outcome.login)
      else if (known) this.#drop(outcome.login)
      const info = await store.info(outcome.login)
      if (info) this.#add(info, store, kept !== undefined)
    }
    this.#postAccounts()
    return outcome
  }

  /** What discovery goes by, whoever signs in. */
  async #place(): Promise<{ pageOrigin: string; isSecureContext: boolean; deployment: Deployment }> {
    const { pageOrigin, isSecureContext, deployment } = this.#deps
    return { pageOrigin, isSecureContext, deployment: await deployment }
  }

  async #unsent(login: LoginId): Promise<number> {
    let rows = 0
    for (const account of this.#logins.get(login)?.host.accounts ?? []) {
      if (!account.hasMail) continue
      rows += await this.#withReplica(account, async (replica) => (await replica.outbox()).length)
    }
    return rows
  }

  /** In this order nothing can recreate what was erased: the record, the word to other tabs, the rows, the database. */
  async #signOut(login: LoginId): Promise<void> {
    const known = this.#logins.get(login)
    if (!known) return
    const { accounts } = known.host
    await known.store.signOut(login)
    known.host.tellSignOut()
    this.#drop(login)
    for (const account of accounts) {
      if (!account.hasMail) continue
      const replica = await (known.isKept
        ? this.#deps.replicas.openKept(account)
        : this.#deps.replicas.openPrivate(account))
      await replica.wipe()
      if (known.isKept) this.#deps.replicas.deleteKept(account)
    }
  }

  #drop(login: LoginId): void {
    this.#logins.get(login)?.host.close()
    this.#logins.delete(login)
    this.#postAccounts()
  }

  async #withReplica<T>(account: AccountInfo, use: (replica: Replica) => Promise<T>): Promise<T> {
    if (!account.isKept) return use(await this.#deps.replicas.openPrivate(account))
    const replica = await this.#deps.replicas.openKept(account)
    try {
      return await use(replica)
    } finally {
      replica.close()
    }
  }

  async #rereadAccounts(login: LoginId): Promise<void> {
    const known = this.#logins.get(login)
    const info = await known?.store.info(login)
    if (!known || !info || info.state === 'signedOut') return
    known.host.didLearnAccounts(toAccounts(info.session, login, info.username, known.isKept))
    this.#postAccounts()
  }

  async #serveReplica(account: string, port: PortLike | undefined): Promise<void> {
    await this.#started
    const info = this.#accounts().find((candidate) => candidate.key === account)
    if (!port || !info || info.isKept) return
    const { serveReplica } = await import('../replica/remote.ts')
    serveReplica(await this.#deps.replicas.openPrivate(info), port)
  }

  #didPage(event: 'visible' | 'hidden' | 'bye'): void {
    if (event !== 'bye') this.#visibility = event
    for (const { host, isKept } of this.#logins.values()) {
      // A private tab has nobody to hand over to; its memory must outlive a page that goes to the back/forward cache.
      if (event !== 'bye' || isKept) host.didPage(event)
    }
  }

  #loginOf(account: string): { host: LoginHost } {
    const known = this.#logins.get(account.slice(0, account.indexOf('.')))
    if (!known) throw Object.assign(new Error('signed out'), { kind: 'signedOut' })
    return known
  }

  #accounts(): readonly AccountInfo[] {
    return [...this.#logins.values()].flatMap(({ host }) => host.accounts)
  }

  #postAccounts(): void {
    this.#deps.post({ k: 'accounts', accounts: this.#accounts() })
  }

  async #answer(id: number, work: () => Promise<unknown>): Promise<void> {
    try {
      this.#deps.post({ k: 'answer', id, ok: true, value: await work() })
    } catch (error) {
      if (!(typeof error === 'object' && error !== null && 'kind' in error))
        this.#deps.log.error('a call failed', error)
      this.#deps.post({ k: 'answer', id, ok: false, error: toPortError(error) })
    }
  }
}
