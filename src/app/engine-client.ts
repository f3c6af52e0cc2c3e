/**
 * `EnginePort` for a page: commands go to this tab's worker, reads to the database itself (or, in private mode, to the
 * worker's memory). The page never sees a credential, a token or a session URL.
 */
import type { SignInOutcome, SignInRequest } from '../auth/outcomes.ts'
import type {
  AccountInfo,
  AccountPort,
  AccountStatus,
  EnginePort,
  LoginId,
  SignOutOutcome,
} from '../sync/engine-port.ts'
import type { FromWorker } from '../sync/wire.ts'
import type { KeptAccounts } from './kept-accounts.ts'
import type { PageReplica } from './page-replica.ts'
import { WorkerAccountPort } from './worker-account-port.ts'
import { WorkerCalls, type WorkerLike } from './worker-calls.ts'

export interface EngineClientDeps {
  readonly worker: WorkerLike
  readonly kept: KeptAccounts
  /** Opens the account's replica for reading; what is in memory over a port whose other end the worker gets. */
  readonly openReplica: (account: AccountInfo, serve: (port: MessagePort) => void) => PageReplica
}

export class EngineClient implements EnginePort {
  readonly #deps: EngineClientDeps
  readonly #calls: WorkerCalls
  readonly #ports = new Map<string, WorkerAccountPort>()
  readonly #replicas = new Map<string, PageReplica>()
  readonly #listeners = new Set<(accounts: readonly AccountInfo[]) => void>()
  readonly #statuses = new Map<string, AccountStatus>()
  #accounts: readonly AccountInfo[]

  constructor(deps: EngineClientDeps) {
    this.#deps = deps
    this.#accounts = deps.kept.read()
    this.#calls = new WorkerCalls(deps.worker, (message) => {
      this.#didSay(message)
    })
    // The database opens while the first components are still being made.
    for (const account of this.#accounts.slice(0, 1)) this.replica(account)
    deps.kept.onChange(() => {
      this.checkKept()
    })
  }

  async accounts(): Promise<readonly AccountInfo[]> {
    if (this.#accounts.length > 0) return this.#accounts
    this.#setAccounts((await this.#calls.engine('accounts')) as readonly AccountInfo[])
    return this.#accounts
  }

  onAccounts(listener: (accounts: readonly AccountInfo[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  prepareSignIn(): void {
    void this.#calls.engine('prepareSignIn')
  }

  async signIn(request: SignInRequest): Promise<SignInOutcome> {
    return (await this.#calls.engine('signIn', request)) as SignInOutcome
  }

  /** The list of kept accounts is erased first: a tab that resumes at any later moment shows nothing. */
  async signOut(login: LoginId, options: { force: boolean }): Promise<SignOutOutcome> {
    if (!options.force) {
      const rows = (await this.#calls.engine('unsent', login)) as number
      if (rows > 0) return { kind: 'unsent', rows }
    }
    this.#deps.kept.forget(login)
    this.#close(login)
    await this.#calls.engine('signOut', login)
    return { kind: 'signedOut' }
  }

  account(info: AccountInfo): AccountPort {
    let port = this.#ports.get(info.key)
    if (!port) {
      port = new WorkerAccountPort(info, this.#calls, this.#statuses.get(info.key))
      this.#ports.set(info.key, port)
    }
    return port
  }

  replica(info: AccountInfo): PageReplica {
    let replica = this.#replicas.get(info.key)
    if (!replica) {
      replica = this.#deps.openReplica(info, (port) => {
        this.#calls.post({ k: 'replica', account: info.key }, [port])
      })
      this.#replicas.set(info.key, replica)
    }
    return replica
  }

  /** Page life: visible, hidden, going. On becoming visible the kept list is read before anything is painted. */
  didPage(event: 'visible' | 'hidden' | 'bye'): void {
    if (event === 'visible') this.checkKept()
    this.#calls.post({ k: 'page', event })
  }

  /** Drops every kept account that another tab has signed out. */
  checkKept(): void {
    const gone = this.#accounts.filter((account) => account.isKept && !this.#deps.kept.has(account.login))
    for (const login of new Set(gone.map((account) => account.login))) this.#close(login)
  }

  #close(login: LoginId): void {
    for (const account of this.#accounts.filter((candidate) => candidate.login === login)) {
      this.#replicas.get(account.key)?.close()
      this.#replicas.delete(account.key)
      this.#ports.delete(account.key)
      this.#statuses.delete(account.key)
    }
    this.#setAccounts(this.#accounts.filter((account) => account.login !== login))
  }

  #didSay(message: FromWorker): void {
    if (message.k === 'status') {
      this.#statuses.set(message.account, message.status)
      this.#ports.get(message.account)?.didStatus(message.status)
    } else if (message.k === 'memory') {
      this.#replicas.get(message.account)?.leaveDisk()
    } else if (message.k === 'accounts') {
      this.#deps.kept.write(message.accounts)
      this.#setAccounts(message.accounts)
    }
  }

  #setAccounts(accounts: readonly AccountInfo[]): void {
    if (JSON.stringify(accounts) === JSON.stringify(this.#accounts)) return
    this.#accounts = accounts
    for (const listener of this.#listeners) listener(accounts)
  }
}
