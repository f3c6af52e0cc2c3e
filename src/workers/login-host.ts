/**
 * One sign-in in this tab's worker: who leads, which accounts it has, one engine for each while leading, one event
 * stream for all. A follower passes wishes on; whoever leads does the work and tells the others what changed.
 *
 *   join -> (lock) -> lead: session -> accounts -> engines + event stream -> until yield, stolen, sign-out
 */
import type { JmapClient } from '../jmap/client.ts'
import type { Session } from '../jmap/session.ts'
import type { Replica } from '../replica/replica.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import type { KeepLimits } from '../sync/account-context.ts'
import type { ChannelLike, ChannelMessage } from '../sync/channel.ts'
import type { AccountInfo, AccountStatus, Attention, Inspection, LoginId } from '../sync/engine-port.ts'
import type { Locks } from '../platform/locks.ts'
import { watchSleep } from '../platform/sleep-watch.ts'
import { Leadership } from '../sync/leader.ts'
import { toPortError, type AccountMethod } from '../sync/wire.ts'
import { AccountHost } from './account-host.ts'
import { Connection } from './connection.ts'
import { Wants } from './wants.ts'

/** How soon after a sleep mail is asked for: at once where somebody looks, or else without being a cost of its own. */
const SEEN_LOOK_MS = 2000
const HIDDEN_LOOK_MS = 60_000

export interface LoginHostDeps {
  readonly login: LoginId
  readonly tab: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Undefined where all is in memory: each such tab is its own leader and hears nobody. */
  readonly locks: Locks | undefined
  readonly channel: ChannelLike | undefined
  /** How far down rows are kept, whatever the reader chose. */
  readonly keep?: KeepLimits | undefined
  /** A client over the kept session: a start needs no request of its own, and none at all while offline. */
  readonly connect: () => JmapClient
  readonly openReplica: (account: AccountInfo) => Promise<Replica>
  /** The database of an account was opened, and does nothing that it is asked. */
  readonly onMute: () => void
  readonly toAccounts: (session: Session) => readonly AccountInfo[]
  readonly onAccounts: (accounts: readonly AccountInfo[]) => void
  readonly onStatus: (account: string, status: AccountStatus) => void
  /** Another tab's leader learnt of other accounts, or another tab signed out. */
  readonly onForeignAccounts: () => void
  readonly onForeignSignOut: () => void
}

export interface CallContext {
  readonly signal?: AbortSignal
  readonly onProgress?: (received: number) => void
}

export class LoginHost {
  readonly #deps: LoginHostDeps
  readonly #leadership: Leadership
  readonly #wants: Wants
  readonly #accounts = new Map<string, AccountHost>()
  readonly #attention = new Map<string, Attention>()
  readonly #statuses = new Map<string, AccountStatus>()
  #infos: readonly AccountInfo[]
  #connection: Connection | undefined
  #visible = true
  #closed = false

  constructor(deps: LoginHostDeps, known: readonly AccountInfo[]) {
    this.#deps = deps
    this.#infos = known
    this.#leadership = new Leadership({
      locks: deps.locks,
      clock: deps.clock,
      login: deps.login,
      events: { onLead: (signal) => this.#lead(signal) },
    })
    this.#wants = new Wants(
      (message) => {
        this.#post(message)
        this.#post({ k: 'ping', tab: deps.tab })
        this.#leadership.didPing()
      },
      () => deps.random.uuid(),
    )
    if (deps.channel) {
      deps.channel.onmessage = ({ data }) => {
        this.#didHear(data)
      }
    }
  }

  get accounts(): readonly AccountInfo[] {
    return this.#infos
  }

  get isLeading(): boolean {
    return this.#leadership.isLeading
  }

  /** The page's life. A hidden leader keeps the lock until somebody visible asks for it. */
  didPage(event: 'visible' | 'hidden' | 'bye'): void {
    if (this.#closed) return
    this.#visible = event === 'visible'
    for (const host of this.#accounts.values()) host.setVisible(this.#visible)
    if (event === 'bye') {
      this.#leadership.leave()
      return
    }
    this.#leadership.join()
    if (event !== 'visible') return
    this.#connection?.wake()
    this.#post({ k: 'visible', tab: this.#deps.tab })
    if (!this.#leadership.isLeading) {
      this.#post({ k: 'ping', tab: this.#deps.tab })
      this.#leadership.didPing()
    }
  }

  async call(
    account: string,
    method: AccountMethod,
    args: readonly unknown[],
    context: CallContext = {},
  ): Promise<unknown> {
    if (method === 'setAttention') this.#attention.set(account, args[0] as Attention)
    if (!this.#leadership.isLeading) {
      const answer = await this.#wants.ask(account, method, args)
      return method === 'inspect' ? { ...(answer as Inspection), isLeading: false } : answer
    }
    if (method === 'refresh') this.#connection?.wake()
    const host = this.#accounts.get(account) ?? (await this.#connection?.account(account))
    if (!host) throw Object.assign(new Error('no such account'), { kind: 'noAccount' })
    return host.call(method, args, context)
  }

  didLearnAccounts(infos: readonly AccountInfo[]): void {
    this.#infos = infos
  }

  /** A new credential is in the store: whoever leads tries again at once. */
  didSignInAgain(): void {
    if (this.isLeading) this.#connection?.wake()
    else for (const { key } of this.#infos) this.call(key, 'refresh', []).catch(() => undefined)
  }

  tellSignOut(): void {
    this.#post({ k: 'signOut' })
  }

  /** Stops everything; nothing of it writes afterwards. Told to the other tabs by the caller. */
  close(): void {
    this.#closed = true
    this.#leadership.leave()
    for (const want of this.#wants.take()) want.reject({ kind: 'signedOut' })
    this.#deps.channel?.close()
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const connection = new Connection(this.#deps, {
      onAccounts: (infos) => {
        this.#infos = infos
        this.#deps.onAccounts(infos)
        this.#post({ k: 'accounts' })
      },
      onHost: (host) => {
        this.#accounts.set(host.info.key, host)
        host.setVisible(this.#visible)
        const attention = this.#attention.get(host.info.key)
        if (attention) void host.call('setAttention', [attention], {}).catch(() => undefined)
      },
      onStatus: (account, status) => {
        this.#statuses.set(account, status)
        this.#deps.onStatus(account, status)
        this.#post({ k: 'status', account, status })
      },
      onNotice: (account, notice) => {
        this.#post({ k: 'changed', account, notice })
      },
      onDeposed: () => {
        this.#leadAnew()
      },
    })
    this.#connection = connection
    this.#post({ k: 'leading', tab: this.#deps.tab })
    for (const want of this.#wants.take()) {
      const { account, method, args } = want.message
      this.call(account, method, args).then(want.resolve, (error: unknown) => {
        want.reject(toPortError(error))
      })
    }
    const stopWatching = watchSleep(
      this.#deps.clock,
      () => (this.#visible ? SEEN_LOOK_MS : HIDDEN_LOOK_MS),
      () => connection.wake(),
    )
    await connection.run(signal)
    stopWatching()
    this.#accounts.clear()
    if (this.#connection === connection) this.#connection = undefined
  }

  #didHear(message: ChannelMessage): void {
    if (this.#closed) return
    switch (message.k) {
      case 'ping':
        if (this.isLeading) this.#pong()
        return
      case 'pong':
        this.#leadership.didPong()
        return
      case 'leading':
        this.#leadership.didPong()
        this.#wants.repeat()
        return
      case 'status':
        this.#deps.onStatus(message.account, message.status)
        return
      case 'visible':
        if (this.isLeading && !this.#visible) this.#leadAnew()
        return
      case 'want':
        if (this.isLeading) void this.#serve(message)
        return
      case 'done':
      case 'failed':
        this.#wants.didAnswer(message)
        return
      case 'changed':
        // Another tab's action, or the leader's rows: an engine here only cares for new outbox rows.
        if (this.isLeading && message.notice.outbox) this.#accounts.get(message.account)?.pokeOutbox()
        // Or a tab found a row that cannot be read, and dropped them all.
        if (this.isLeading && message.notice.all) this.#leadAnew()
        return
      case 'accounts':
        this.#deps.onForeignAccounts()
        return
      case 'signOut':
        this.#deps.onForeignSignOut()
        return
    }
  }

  /** Behind whoever waits; where nobody does, the engines begin anew. */
  #leadAnew(): void {
    this.#leadership.leave()
    this.#leadership.join()
  }

  #pong(): void {
    this.#post({ k: 'pong', tab: this.#deps.tab })
    for (const [account, status] of this.#statuses) this.#post({ k: 'status', account, status })
  }

  async #serve(want: Extract<ChannelMessage, { k: 'want' }>): Promise<void> {
    try {
      const value = await this.call(want.account, want.method, want.args)
      this.#post({ k: 'done', requestId: want.requestId, value })
    } catch (error) {
      this.#post({ k: 'failed', requestId: want.requestId, error: toPortError(error) })
    }
  }

  #post(message: ChannelMessage): void {
    if (!this.#closed) this.#deps.channel?.postMessage(message)
  }
}
