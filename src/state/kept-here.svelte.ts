/** What of an account is kept on this device, counted, and what the browser says of the room. For the page of storage. */
import type { KeepPolicy } from '../mail/keep-policy.ts'
import type { AccountPort, AccountStatus, KeepRequest, Kept } from '../sync/engine-port.ts'
import type { SettingValue } from './settings-table.ts'

/** The part of `navigator.storage` that is used; some browsers have none, or only some of it. */
export type BrowserStorage = Partial<Pick<StorageManager, 'estimate' | 'persisted' | 'persist'>>

const DAYS: Readonly<Record<SettingValue<'keepMail'>, number>> = { recent: 90, all: Infinity, none: 0 }

export function keepPolicy(mail: SettingValue<'keepMail'>, files: number): KeepPolicy {
  return { days: DAYS[mail], files }
}

export class KeptHere {
  readonly #port: AccountPort
  readonly #storage: BrowserStorage | undefined
  #kept = $state.raw<Kept>()
  #room = $state.raw<StorageEstimate>()
  #isPersisted = $state.raw<boolean>()
  #status: AccountStatus = $state.raw({ phase: 'starting', outbox: 0, failed: 0, backfill: 0 })
  #hasFailed = $state.raw(false)
  /** Questions that are not answered yet. */
  #open = 0
  #isStale = false
  #last: Promise<void> = Promise.resolve()

  constructor(port: AccountPort, storage: BrowserStorage | undefined) {
    this.#port = port
    this.#storage = storage
    this.#status = port.status
  }

  /** Undefined until it is counted. */
  get kept(): Kept | undefined {
    return this.#kept
  }

  /** It could not be counted. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  get status(): AccountStatus {
    return this.#status
  }

  /** All that this browser keeps of Postern, and what it grants; undefined where it does not tell. */
  get room(): { readonly usage: number; readonly quota: number } | undefined {
    const { usage, quota } = this.#room ?? {}
    return usage === undefined || quota === undefined ? undefined : { usage, quota }
  }

  /** False: the browser may drop everything when room gets short. Undefined where it does not tell. */
  get isPersisted(): boolean | undefined {
    return this.#isPersisted
  }

  /** Counts, and again as mail comes. `policy` is told first, should the engine not know it. The returned function stops. */
  follow(policy: KeepPolicy): () => void {
    const stop = this.#port.onStatus((status) => {
      const { backfill } = this.#status
      this.#status = status
      if (status.backfill !== backfill) void this.ask({})
    })
    void this.ask({ policy })
    return stop
  }

  /**
   * One question after the other: counting goes through all that is kept, and the engine hears of two choices in no
   * order that is promised. What is only counted again is asked once for all that ask.
   */
  ask(request: KeepRequest): Promise<void> {
    const isOrder = Object.keys(request).length > 0
    if (this.#open > 0 && !isOrder) {
      this.#isStale = true
      return this.#last
    }
    this.#open += 1
    this.#last = this.#last.then(() => this.#ask(request))
    return this.#last
  }

  async #ask(request: KeepRequest): Promise<void> {
    try {
      this.#kept = await this.#port.keep(request)
      this.#hasFailed = false
      await this.#askBrowser()
    } catch {
      this.#hasFailed = true
    }
    this.#open -= 1
    if (this.#open > 0 || !this.#isStale) return
    this.#isStale = false
    void this.ask({})
  }

  /** Asks the browser to drop nothing by itself. True if it promises. */
  async persist(): Promise<boolean> {
    const isPersisted = (await this.#storage?.persist?.().catch(() => false)) ?? false
    this.#isPersisted = isPersisted
    return isPersisted
  }

  async #askBrowser(): Promise<void> {
    this.#room = await this.#storage?.estimate?.().catch(() => undefined)
    this.#isPersisted = await this.#storage?.persisted?.().catch(() => undefined)
  }
}
