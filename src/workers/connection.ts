/**
 * While a worker leads: one client, one event stream, one engine for each account of the session. The session is the
 * one kept with the credential, so that engines run (and say "offline") before any request was made.
 */
import type { JmapClient, PushEvent } from '../jmap/client.ts'
import { every } from '../platform/clock.ts'
import { browserDevice } from '../platform/device.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import type { AfterRows } from '../sync/account-context.ts'
import { AccountEngine } from '../sync/engine.ts'
import type { AccountInfo, AccountStatus } from '../sync/engine-port.ts'
import { AccountHost } from './account-host.ts'
import { LaterCode } from './later-code.ts'
import type { LoginHostDeps } from './login-host.ts'

export interface ConnectionEvents {
  readonly onAccounts: (accounts: readonly AccountInfo[]) => void
  readonly onHost: (host: AccountHost) => void
  readonly onStatus: (account: string, status: AccountStatus) => void
  readonly onNotice: (account: string, notice: ChangeNotice) => void
  readonly onDeposed: () => void
}

/** Accounts shared by rights have no events (Stalwart M18). */
const SHARED_POLL_MS = 60_000
/** Where nothing is kept: what lists look whole with. */
const IN_MEMORY = { days: 0, atLeast: 1_000 }

/**
 * So many seconds in which this worker ran, whatever the clock says: one that was stopped has not waited. WebKit's
 * databases can stay mute until the browser is closed, once a page was loaded anew while they wrote (its bug 324094).
 */
const MUTE_AFTER = 10

const REFUSED: AccountStatus = { phase: 'error', problem: { kind: 'storage' }, outbox: 0, failed: 0, backfill: 0 }

export class Connection {
  readonly #deps: LoginHostDeps
  readonly #events: ConnectionEvents
  readonly #later: LaterCode
  readonly #hosts = new Map<string, AccountHost>()
  readonly #ready: Promise<void>
  #client: JmapClient | undefined
  #didBecomeReady: () => void = () => undefined

  constructor(deps: LoginHostDeps, events: ConnectionEvents) {
    this.#deps = deps
    this.#events = events
    this.#later = new LaterCode(deps.clock)
    this.#ready = new Promise((resolve) => {
      this.#didBecomeReady = resolve
    })
  }

  /** Resolves once the signal aborts and all engines have stopped. */
  async run(signal: AbortSignal): Promise<void> {
    const client = this.#deps.connect()
    this.#client = client
    await this.#adopt(client, signal)
    this.#didBecomeReady()
    const closers = [
      client.onSession(() => {
        void this.#adopt(client, signal)
      }),
      this.#listenLater(client, signal),
      every(this.#deps.clock, SHARED_POLL_MS, () => {
        for (const host of this.#hosts.values()) if (!host.info.isPersonal) host.engine.didPush()
      }),
    ]
    await aborted(signal)
    for (const close of closers) close()
    for (const host of this.#hosts.values()) {
      host.engine.stop()
      // A replica in this worker's memory outlives the leadership; the page reads it over a port.
      if (this.#deps.channel) host.replica.close()
    }
  }

  /** The network may be back, or somebody signed in anew: do not wait for the back-off. */
  wake(): void {
    this.#client?.wake()
    for (const host of this.#hosts.values()) host.engine.refresh()
  }

  async account(key: string): Promise<AccountHost | undefined> {
    await this.#ready
    return this.#hosts.get(key)
  }

  async #adopt(client: JmapClient, signal: AbortSignal): Promise<void> {
    const accounts = this.#deps.toAccounts(client.session)
    this.#events.onAccounts(accounts)
    for (const [key, host] of this.#hosts) {
      if (accounts.some((account) => account.key === key)) continue
      // The session no longer names it: its rights are gone, and so is what was kept of it.
      this.#hosts.delete(key)
      host.engine.stop()
      void host.replica.wipe()
    }
    for (const account of accounts) {
      if (account.hasMail && !this.#hosts.has(account.key) && !signal.aborted)
        await this.#start(account, client, signal)
    }
  }

  async #start(account: AccountInfo, client: JmapClient, signal: AbortSignal): Promise<void> {
    const { clock, random, log, channel, keep = channel ? undefined : IN_MEMORY } = this.#deps
    // Said, and not tried again and again: only another state of the device helps.
    const didRefuse = (error: unknown): void => {
      // A leader that has left closes the replica under an engine that was still starting.
      if (signal.aborted) return
      log.error('no database', error)
      this.#events.onStatus(account.key, REFUSED)
    }
    const replica = await this.#deps.openReplica(account).catch(didRefuse)
    if (!replica) return
    const afterRows = (): Promise<AfterRows> => this.#later.load()
    const { accountId } = account
    const engine = new AccountEngine({
      accountId,
      client,
      replica,
      clock,
      random,
      log,
      device: browserDevice,
      afterRows,
      ...(keep && { keep }),
    })
    const host = new AccountHost({ info: account, replica, engine, client, later: this.#later })
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
    let seconds = 0
    const stopCounting = every(clock, 1000, () => {
      seconds += 1
      if (seconds === MUTE_AFTER && !signal.aborted) this.#deps.onMute()
    })
    void engine.start().catch(didRefuse).finally(stopCounting)
  }

  /** No first row comes by the event stream. */
  #listenLater(client: JmapClient, signal: AbortSignal): () => void {
    let close = (): void => undefined
    void this.#later.opened.then(() => {
      if (signal.aborted) return
      close = client.listen((event) => {
        this.#didPush(event)
      })
    })
    return () => {
      close()
    }
  }

  /** After each (re)connect the stream has nothing to say of what was missed: run /changes. */
  #didPush(event: PushEvent): void {
    for (const host of this.#hosts.values()) {
      if (event.kind === 'open') host.engine.didPush()
      else if (event.kind === 'unsupported' || event.kind === 'mute') host.engine.setPolling(true)
      else if (event.kind === 'heard') host.engine.setPolling(false)
      else if (event.kind === 'state') {
        const changed = event.changed[host.info.accountId]
        if (changed) host.engine.didPush(changed)
      }
    }
  }
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', resolve, { once: true })
  })
}
