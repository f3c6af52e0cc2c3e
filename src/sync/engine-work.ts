/** What the engine does in its lane, one thing at a time: several pulls never overlap, and a backfill page sees none pass. */
import type { EmailId, MailboxId } from '../jmap/types.ts'
import { toIdentity } from '../mail/email-properties.ts'
import type { AccountContext } from './account-context.ts'
import { PULLED_TYPES, type PulledType } from './delta-calls.ts'
import { fillInbox, firstSync } from './first-sync.ts'
import type { PullOutcome } from './pull-changes.ts'
import { argsIfOk, parsedIn, stateIn } from './read-results.ts'
import { MethodFailure } from './sync-errors.ts'

/**
 * How many messages this release keeps: a first sync of about 3 MB, and more than a year of mail for most.
 * A setting comes with storage management; what lies below is fetched in windows (L4).
 */
const KEPT_MESSAGES = 5_000

/** How long a message that was created below the horizon is looked at again: a search index is later than that never. */
const SKIPPED_MS = 10_000

/** A replica this small has not been filled downwards yet: its horizon is still the first page's word. */
const UNCONFIRMED = 250

export class EngineWork {
  readonly #ctx: AccountContext
  readonly #skipped = new Map<EmailId, number>()
  #stale: readonly PulledType[] = []
  #resyncs = 0
  #kept = 0
  #isConfirmed = false
  #keepsAll = false
  /** Pages came that have not been counted against the Mailboxes yet. */
  #isUncounted = false
  isFilled = false

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
  }

  /** Asks for rows if there were none yet. */
  async begin(): Promise<void> {
    if ((await this.#ctx.replica.state('Email')) === undefined) await firstSync(this.#ctx)
    this.#kept = await this.#countRows()
    this.#isConfirmed = this.#kept > UNCONFIRMED
  }

  /** R7: our own /set's states are stored already, so its echo is no news. Without states something may be. */
  async isNews(changed: Readonly<Record<string, string>> | undefined): Promise<boolean> {
    if (changed === undefined) return true
    const tokens = await this.#ctx.tokens()
    return PULLED_TYPES.some((type) => changed[type] !== undefined && changed[type] !== tokens[type])
  }

  /** One pull, or one step of the way back after the server forgot our token. */
  async pull(): Promise<PullOutcome> {
    const { pullChanges, resync } = await this.#ctx.afterRows()
    if (this.#stale.length > 0) {
      // A server that forgets its own state at once would be swept for ever.
      if (this.#resyncs >= 2) {
        this.#resyncs = 0
        throw new MethodFailure('changes', 'cannotCalculateChanges')
      }
      this.#resyncs += 1
      await resync(this.#ctx, this.#stale)
      this.#stale = []
    }
    return this.#noted(await pullChanges(this.#ctx))
  }

  /** Undefined when nothing was queued. */
  async push(): Promise<{ pull: PullOutcome; hasRetry: boolean; dropped: readonly EmailId[] } | undefined> {
    const { pushOutbox } = await this.#ctx.afterRows()
    const outcome = await pushOutbox(this.#ctx)
    if (outcome) this.#noted(outcome.pull)
    return outcome
  }

  /** False: pull, and ask again. */
  async reask(): Promise<boolean> {
    const mailboxes = await this.#ctx.replica.mailboxes()
    const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox')?.id
    // The Inbox alone may have a horizon of its own, from the first sync.
    const confirm = !this.#isConfirmed
    const mailboxId: MailboxId | undefined = confirm ? inbox : (this.#ctx.attention.mailboxId ?? inbox)
    const { reask } = await this.#ctx.afterRows()
    const isDone = await reask(this.#ctx, { mailboxId, confirm })
    this.#isConfirmed ||= isDone
    return isDone
  }

  /** Below a first page that the second look has not proved there is nothing to build on. */
  get mayBackfill(): boolean {
    return this.#isConfirmed && this.#ctx.attention.visible
  }

  /** One page. The account's horizon is stored with it, so that it goes on from there after any stop. False: pull first. */
  async backfill(): Promise<boolean> {
    if (this.#kept >= this.#keep) {
      this.isFilled = true
      return true
    }
    const { backfillPage, fillGaps } = await this.#ctx.afterRows()
    const { isDone, needsPull, added } = await backfillPage(this.#ctx, this.#recentlySkipped())
    this.#kept += added
    this.#isUncounted ||= added > 0
    if (isDone && this.#isUncounted) this.#isUncounted = !(await fillGaps(this.#ctx))
    this.isFilled = isDone && !this.#isUncounted
    return !needsPull && (this.isFilled || !isDone)
  }

  /** The Inbox's first screen, where the newest of all mail holds too little of it. False: pull first. */
  fillInbox(): Promise<boolean> {
    return fillInbox(this.#ctx)
  }

  /** 0 to 100. */
  async backfillPercent(): Promise<number> {
    const horizon = await this.#ctx.replica.horizon('*')
    if (!horizon) return 0
    if (this.isFilled || horizon.after === null || this.#kept >= this.#keep) return 100
    const total = (await this.#ctx.replica.mailboxes()).reduce((sum, mailbox) => sum + mailbox.totalEmails, 0)
    return Math.min(99, Math.floor((100 * this.#kept) / Math.max(1, Math.min(total, this.#keep))))
  }

  /** A shared account may not show its identities; then there are none. */
  async identities(): Promise<void> {
    const response = await this.#ctx.request([this.#ctx.call('Identity/get', { ids: null }, 'i')])
    const answer = argsIfOk(response, 'i')
    const state = stateIn(answer)
    const identities = parsedIn(answer, toIdentity)
    if (state === undefined) return
    await this.#ctx.write({}, async (tx) => {
      await tx.putIdentities(identities)
      tx.setState('Identity', state)
    })
  }

  /** What a server without totals holds below the horizon cannot be shown by position: all of it is kept. True: from now on. */
  keepAll(): boolean {
    const isNew = !this.#keepsAll
    this.#keepsAll = true
    return isNew
  }

  get #keep(): number {
    return this.#keepsAll ? Infinity : (this.#ctx.deps.keptMessages ?? KEPT_MESSAGES)
  }

  #noted(outcome: PullOutcome): PullOutcome {
    this.#stale = outcome.failed
    if (outcome.isComplete) this.#resyncs = 0
    for (const id of outcome.skipped) this.#skipped.set(id, this.#ctx.deps.clock.now())
    return outcome
  }

  #recentlySkipped(): EmailId[] {
    const oldest = this.#ctx.deps.clock.now() - SKIPPED_MS
    for (const [id, at] of this.#skipped) if (at < oldest) this.#skipped.delete(id)
    return [...this.#skipped.keys()]
  }

  #countRows(): Promise<number> {
    return this.#ctx.write({}, async (tx) => (await tx.allEmailIds()).length)
  }
}
