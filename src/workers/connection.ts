/**
 * While a worker leads: from "no session yet" to engines that run. Without the network the accounts known from the last
 * visit stand with the status "offline", and the session is asked for again with a back-off, or at once on `wake`.
 */
import type { JmapClient, PushEvent } from '../jmap/client.ts'
import { isRetryable, JmapError } from '../jmap/errors.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import { AccountEngine } from '../sync/engine.ts'
import type { AccountInfo, AccountStatus, SyncProblem } from '../sync/engine-port.ts'
import { AccountHost } from './account-host.ts'
import type { LoginHostDeps } from './login-host.ts'

export interface ConnectionEvents {
  readonly onAccounts: (accounts: readonly AccountInfo[]) => void
  readonly onHost: (host: AccountHost) => void
  readonly onStatus: (account: string, status: AccountStatus) => void
  readonly onNotice: (account: string, notice: ChangeNotice) => void
  readonly onDeposed: () => void
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 60_000
/** Accounts shared by rights have no events (Stalwart M18). */
const SHARED_POLL_MS = 60_000

export class Connection {
  readonly #deps: LoginHostDeps
  readonly #events: ConnectionEvents
  readonly #hosts = new Map<string, AccountHost>()
  readonly #ready: Promise<void>
  #didBecomeReady: () => void = () => undefined
  #known: readonly AccountInfo[]
  #wake: (() => void) | undefined

  constructor(deps: LoginHostDeps, known: readonly AccountInfo[], events: ConnectionEvents) {
    this.#deps = deps
    this.#known = known
    this.#events = events
    this.#ready = new Promise((resolve) => {
      this.#didBecomeReady = resolve
    })
  }

  /** Resolves once the signal aborts and all engines have stopped. */
  async run(signal: AbortSignal): Promise<void> {
    const client = await this.#connect(signal)
    if (!client || signal.aborted) return
    const closers: (() => void)[] = []
    await this.#adopt(client, signal)
    this.#didBecomeReady()
    closers.push(
      client.onSession(() => {
        void this.#adopt(client, signal)
      }),
      client.listen((event) => {
        this.#didPush(event)
      }),
      this.#pollShared(signal),
    )
    await aborted(signal)
    for (const close of closers) close()
    for (const host of this.#hosts.values()) {
      host.engine.stop()
      host.replica.close()
    }
  }

  /** The network may be back: do not wait for the back-off. */
  wake(): void {
    this.#wake?.()
    for (const host of this.#hosts.values()) host.engine.refresh()
  }

  /** The account's host once there is a session; rejects with kind `network` while offline without one. */
  async account(key: string): Promise<AccountHost | undefined> {
    if (this.#wake) throw new JmapError('network', 'offline, and no session yet')
    await this.#ready
    return this.#hosts.get(key)
  }

  async #connect(signal: AbortSignal): Promise<JmapClient | undefined> {
    for (let wait = FIRST_RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        const client = await this.#deps.connect(signal)
        this.#wake = undefined
        return client
      } catch (error) {
        await this.#sayWhy(error)
        const told = error instanceof JmapError ? error.retryAfterMs : undefined
        const isFinal = !isRetryable(error)
        await this.#pause(isFinal ? undefined : (told ?? wait * (0.5 + this.#deps.random.next())), signal)
      }
    }
    return undefined
  }

  /** Without `ms` only `wake` or the end of the leadership ends it. */
  #pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ms === undefined ? undefined : this.#deps.clock.after(ms, resolve)
      this.#wake = () => {
        cancel?.()
        resolve()
      }
      signal.addEventListener('abort', () => this.#wake?.(), { once: true })
    })
  }

  async #sayWhy(error: unknown): Promise<void> {
    const kind = error instanceof JmapError ? error.kind : 'protocol'
    const problem: SyncProblem | undefined =
      kind === 'network' || kind === 'timeout' || kind === 'aborted'
        ? undefined
        : { kind: kind === 'mfaRequired' ? 'unauthorized' : kind === 'limit' ? 'busy' : kind }
    for (const account of this.#known) {
      const replica = await this.#deps.openReplica(account)
      const rows = await replica.outbox()
      const syncedAt = await replica.syncedAt()
      this.#events.onStatus(account.key, {
        phase: problem ? 'error' : 'offline',
        ...(problem ? { problem } : {}),
        outbox: rows.length,
        failed: rows.filter((row) => row.status === 'failed').length,
        backfill: 0,
        ...(syncedAt === undefined ? {} : { syncedAt }),
      })
      replica.close()
    }
  }

  async #adopt(client: JmapClient, signal: AbortSignal): Promise<void> {
    const accounts = this.#deps.toAccounts(client)
    this.#known = accounts
    this.#events.onAccounts(accounts)
    for (const [key, host] of this.#hosts) {
      if (accounts.some((account) => account.key === key)) continue
      this.#hosts.delete(key)
      host.engine.stop()
      void host.replica.wipe()
    }
    for (const account of accounts) {
      if (account.hasMail && !this.#hosts.has(account.key) && !signal.aborted) await this.#start(account, client)
    }
  }

  async #start(account: AccountInfo, client: JmapClient): Promise<void> {
    const replica = await this.#deps.openReplica(account)
    const { clock, random, log } = this.#deps
    const engine = new AccountEngine({ accountId: account.accountId, client, replica, clock, random, log })
    const host = new AccountHost(account, replica, engine, client)
    this.#hosts.set(account.key, host)
    replica.subscribe((notice) => {
      this.#events.onNotice(account.key, notice)
    })
    engine.onStatus((status) => {
      this.#events.onStatus(account.key, status)
    })
    engine.onDeposed(() => {
      this.#events.onDeposed()
    })
    this.#events.onHost(host)
    void engine.start().catch((error: unknown) => {
      log.error('engine stopped', error)
    })
  }

  #didPush(event: PushEvent): void {
    for (const host of this.#hosts.values()) {
      if (event.kind === 'open') host.engine.didPush(undefined)
      else if (event.kind === 'unsupported') host.engine.setPolling(true)
      else if (event.kind === 'state') {
        const changed = event.changed[host.info.accountId]
        if (changed) host.engine.didPush(changed)
      }
    }
  }

  #pollShared(signal: AbortSignal): () => void {
    let cancel = (): void => undefined
    const poll = (): void => {
      cancel = this.#deps.clock.after(SHARED_POLL_MS, () => {
        if (signal.aborted) return
        for (const host of this.#hosts.values()) if (!host.info.isPersonal) host.engine.didPush(undefined)
        poll()
      })
    }
    poll()
    return () => {
      cancel()
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
