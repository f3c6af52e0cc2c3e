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
import { sendAhead, type SentAhead } from '../jmap/send-ahead.ts'
import type { Session } from '../jmap/session.ts'
import type { PortLike } from '../replica/remote.ts'
import type { Replica } from '../replica/replica.ts'
import type { AccountInfo, LoginId } from '../sync/engine-port.ts'
import { firstCalls, firstPageLimit } from '../sync/first-sync.ts'
import type { ToWorker } from '../sync/wire.ts'
import { toAccounts } from './account-list.ts'
import { countUnsent } from './count-unsent.ts'
import type { HostDeps, ReplicaEvents } from './host-deps.ts'
import { LoginHost, type CallContext } from './login-host.ts'
import { PageCalls } from './page-calls.ts'
import type { LeftFor, PrivateMode } from './private-mode.ts'

interface Login {
  readonly host: LoginHost
  readonly store: CredentialStore
  /** Undefined: the sign-in is kept. */
  readonly privately: PrivateMode | undefined
}

export class Host {
  readonly #deps: HostDeps
  readonly #logins = new Map<LoginId, Login>()
  readonly #calls: PageCalls
  readonly #started: Promise<void>
  #privately: PrivateMode | undefined
  readonly #ahead: TargetAhead
  #visibility: 'visible' | 'hidden' = 'visible'

  constructor(deps: HostDeps) {
    this.#deps = deps
    this.#calls = new PageCalls(deps)
    this.#ahead = new TargetAhead(deps.clock)
    this.#started = this.#start()
  }

  /** Everything the page says. `port` comes with `replica`. */
  async handle(message: ToWorker, port?: PortLike): Promise<void> {
    switch (message.k) {
      case 'abort':
        this.#calls.abort(message.id)
        return
      case 'page':
        this.#didPage(message.event)
        return
      case 'replica':
        await this.#serveReplica(message.account, port)
        return
      case 'engine':
        return this.#calls.answer(message.id, () => this.#engineCall(message.method, message.args))
      case 'account':
        return this.#calls.answer(message.id, (context) => this.#accountCall(message, context))
    }
  }

  async #start(): Promise<void> {
    const store = await this.#deps.keptStore
    const infos = (await store?.list()) ?? []
    const signedOut = new Set(infos.filter(({ state }) => state === 'signedOut').map(({ login }) => login))
    for (const info of infos) if (store && info.state !== 'signedOut') this.#add(info, store)
    this.#postAccounts()
    if (signedOut.size > 0) this.#deps.replicas.retryDeletions((login) => signedOut.has(login))
  }

  #add(info: CredentialInfo, store: CredentialStore, privately?: PrivateMode, sent?: SentAhead): void {
    let ahead = sent
    const { clock, random, log, locks, fetch, tab } = this.#deps
    const isKept = !privately || privately.store !== store
    const authorization = new StoredAuthorization({ fetch, clock, store, log, locks }, info.login)
    /** Nothing can be kept: the sign-in goes on in this worker's memory alone, until the page is loaded anew. */
    const leaveDisk = async (why: LeftFor): Promise<void> => {
      const { privately } = await this.#home(false)
      // Each write that fails comes by here.
      if (this.#logins.get(info.login)?.host !== host) return
      host.close()
      privately?.didLeaveDisk(info.login, why)
      this.#add(info, store, privately)
    }
    const tryLeave = (why: LeftFor): void => void leaveDisk(why).catch(() => undefined)
    const events: ReplicaEvents = {
      // An old build's tab keeps neither the lock nor a connection: it writes nothing more, and leads no more.
      onClosed: () => host.close(),
      onFull: () => tryLeave('storage'),
    }
    const host: LoginHost = new LoginHost(
      {
        login: info.login,
        tab,
        clock,
        random,
        log,
        locks: privately ? undefined : locks,
        channel: privately ? undefined : this.#deps.openChannel(info.login),
        connect: () => {
          const client = new HttpJmapClient(
            // Of a kept sign-in only the leader asks: it counts its requests alone, and no stopped tab holds a slot.
            { fetch, clock, random, log, authorization, slots: privately?.slots(info.login) },
            { session: info.session, policy: info.policy, ahead },
          )
          // Once: whoever leads again later asks anew.
          ahead = undefined
          client.onSession((session) => {
            void store.saveSession(info.login, session)
          })
          return client
        },
        openReplica: (account) => this.#open(account, { privately }, events),
        onMute: () => tryLeave('muteStorage'),
        toAccounts: (session) => toAccounts(session, info.login, info.username, isKept),
        onAccounts: () => {
          this.#postAccounts()
        },
        onStatus: (account, status) => {
          this.#deps.post({
            k: 'status',
            account,
            status: isKept ? (privately?.said(info.login, status) ?? status) : status,
          })
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
    this.#logins.set(info.login, { host, store, privately })
    host.didPage(this.#visibility)
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

  async #accountCall(
    { account, method, args }: Extract<ToWorker, { k: 'account' }>,
    context: CallContext,
  ): Promise<unknown> {
    await this.#started
    return this.#loginOf(account).host.call(account, method, args, context)
  }

  async #signIn(request: SignInRequest): Promise<SignInOutcome> {
    const { fetch, clock, pageOrigin } = this.#deps
    const { server, username } = request
    // Looked for beside what the server is asked, so that nothing waits for it.
    let home = this.#home(request.keep)
    home.catch(() => undefined)
    const target = await this.#ahead.find(this.#deps, { server, username: username.trim(), ...(await this.#place()) })
    // No room on this device: nothing is kept, as if it were not theirs.
    const store = async (isFull?: boolean): Promise<CredentialStore> =>
      (await (isFull ? (home = this.#home(false)) : home)).store
    let ahead: SentAhead | undefined
    const onGranted = (session: Session, authorization: string): void => {
      ahead = this.#firstRequest(session, authorization)
    }
    const outcome = await signIn({ fetch, clock, store, pageOrigin, onGranted }, request, target)
    if (outcome.kind !== 'signedIn') return outcome
    const { store: credentials, privately } = await home
    const known = this.#logins.get(outcome.login)
    if (known?.store === credentials) {
      known.host.didSignInAgain()
    } else {
      // This device is no longer theirs: what it kept goes, as by a sign-out.
      if (known && privately) await this.#signOut(outcome.login)
      else if (known) this.#drop(outcome.login)
      const info = await credentials.info(outcome.login)
      if (info) this.#add(info, credentials, privately, ahead)
    }
    this.#postAccounts()
    return outcome
  }

  /** The rows of a new sign-in are asked for while its credential is kept and its database is made. */
  #firstRequest(session: Session, authorization: string): SentAhead | undefined {
    const { primaryMail, limits } = session
    if (primaryMail === null || this.#logins.size > 0) return undefined
    return sendAhead(this.#deps, session, firstCalls(primaryMail, firstPageLimit(limits)), authorization)
  }

  /** Where a sign-in keeps its credential, and its mail. */
  async #home(keep: boolean): Promise<Pick<Login, 'store' | 'privately'>> {
    const kept = keep ? await this.#deps.keptStore : undefined
    if (kept) return { store: kept, privately: undefined }
    const { PrivateMode } = await this.#deps.loadPrivateMode()
    this.#privately ??= new PrivateMode(this.#deps)
    return { store: this.#privately.store, privately: this.#privately }
  }

  async #open(
    account: AccountInfo,
    { privately }: Pick<Login, 'privately'> = this.#loginOf(account.key),
    events?: ReplicaEvents,
  ): Promise<Replica> {
    return privately ? privately.replica(account) : this.#deps.replicas.open(account, events)
  }

  /** What discovery goes by, whoever signs in. */
  async #place(): Promise<{ pageOrigin: string; isSecureContext: boolean; deployment: Deployment }> {
    const { pageOrigin, isSecureContext, deployment } = this.#deps
    return { pageOrigin, isSecureContext, deployment: await deployment }
  }

  async #unsent(login: LoginId): Promise<number> {
    const { host, privately } = this.#logins.get(login) ?? {}
    const close = privately ? undefined : (replica: Replica) => replica.close()
    return countUnsent(host?.accounts ?? [], (account) => this.#open(account), close)
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
      const replica = await this.#open(account, known)
      await replica.wipe()
      if (account.isKept) this.#deps.replicas.delete(account)
    }
  }

  #drop(login: LoginId): void {
    this.#logins.get(login)?.host.close()
    this.#logins.delete(login)
    this.#postAccounts()
  }

  async #rereadAccounts(login: LoginId): Promise<void> {
    const known = this.#logins.get(login)
    const info = await known?.store.info(login)
    if (!known || !info || info.state === 'signedOut') return
    known.host.didLearnAccounts(toAccounts(info.session, login, info.username, !known.privately))
    this.#postAccounts()
  }

  async #serveReplica(account: string, port: PortLike | undefined): Promise<void> {
    await this.#started
    const info = this.#accounts().find((candidate) => candidate.key === account)
    if (!port || !info) return
    const { host, privately } = this.#loginOf(account)
    await privately?.serve(info, port)
    await host.call(account, 'pokeOutbox', []).catch(() => undefined)
  }

  #didPage(event: 'visible' | 'hidden' | 'bye'): void {
    if (event !== 'bye') this.#visibility = event
    for (const { host, privately } of this.#logins.values()) {
      // A private tab has nobody to hand over to; its memory must outlive a page that goes to the back/forward cache.
      if (event !== 'bye' || !privately) host.didPage(event)
    }
  }

  #loginOf(account: string): Login {
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
}
