/** Rows of older mail, brought down to where the reader wants them (`sync/keep/` has the rest). Runs in the lane. */
import type { EmailId } from '../jmap/types.ts'
import type { Horizon } from '../replica/replica.ts'
import type { AccountContext, KeepLimits } from './account-context.ts'
import { backfillPage } from './backfill.ts'

const DAY = 86_400_000

/** Fewer rows would make lists look broken off. */
const AT_LEAST = 1_000
const AT_LEAST_OF_NONE = 300

export class OlderRows {
  readonly #ctx: AccountContext
  readonly #fillGaps: () => Promise<boolean>
  /** How many rows are here. */
  kept: number
  #isKeepingAll = false
  /** Pages came that have not been counted against the Mailboxes yet. */
  #isUncounted = false

  /** `fillGaps` is of the late chunk: `keep/fill-gaps.ts`. */
  constructor(ctx: AccountContext, kept: number, fillGaps: () => Promise<boolean>) {
    this.#ctx = ctx
    this.#fillGaps = fillGaps
    this.kept = kept
  }

  get limits(): KeepLimits {
    if (this.#isKeepingAll) return { days: Infinity, atLeast: 0 }
    const { keepDays, deps } = this.#ctx
    return deps.keep ?? { days: keepDays, atLeast: keepDays > 0 ? AT_LEAST : AT_LEAST_OF_NONE }
  }

  /** What a server without totals holds below the horizon cannot be shown by position. True: this is news. */
  keepAll(): boolean {
    const isNews = !this.#isKeepingAll
    this.#isKeepingAll = true
    return isNews
  }

  /** One page. The account's horizon is stored with it, so that it goes on from there after any stop. */
  async fill(skipped: readonly EmailId[]): Promise<'pull' | 'more' | 'filled'> {
    if (!this.#isUncounted) {
      if (this.#isReached(await this.#ctx.replica.horizon('*'))) return 'filled'
      const { isDone, needsPull, added } = await backfillPage(this.#ctx, skipped)
      this.kept += added
      if (needsPull) return 'pull'
      if (!isDone) return 'more'
    }
    this.#isUncounted = !(await this.#fillGaps())
    return this.#isUncounted ? 'pull' : 'filled'
  }

  /** 0 to 1. */
  async progress(): Promise<number> {
    if (this.#isReached(await this.#ctx.replica.horizon('*'))) return 1
    const total = (await this.#ctx.replica.mailboxes()).reduce((sum, mailbox) => sum + mailbox.totalEmails, 0)
    return Math.min(1, this.kept / Math.max(1, total))
  }

  #isReached(horizon: Horizon | undefined): boolean {
    if (horizon?.after === null) return true
    const { days, atLeast } = this.limits
    if (!horizon || this.kept < atLeast) return false
    return Date.parse(horizon.after) <= this.#ctx.deps.clock.now() - days * DAY
  }
}
