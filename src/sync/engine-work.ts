/**
 * What the engine does in its lane once the first rows are there, one thing at a time: several pulls never overlap, and
 * a backfill page sees none pass. Part of `after-rows.ts`; what most days never need is fetched when it is needed.
 */
import { loadCode } from '../jmap/load-code.ts'
import type { BlobId, EmailId, MailboxId } from '../jmap/types.ts'
import { toIdentity } from '../mail/identity.ts'
import type { AccountContext } from './account-context.ts'
import { Backoff } from './backoff.ts'
import { PULLED_TYPES, type PulledType } from './delta-calls.ts'
import type { Job } from './engine-jobs.ts'
import type { KeepRequest, Kept } from './engine-port.ts'
import type { EngineStatus } from './engine-status.ts'
import {
  BACKFILL_MS,
  KEEP_AFTER_MS,
  KEEP_LATER_MS,
  REASK_EVERY_MS,
  REASK_MS,
  RETRY,
  SETTINGS_AFTER_MS,
  type EngineTimers,
  type TimerName,
} from './engine-timers.ts'
import type { Keep } from './keep/keep.ts'
import { KEPT_TOO_MUCH } from './keep-state.ts'
import { OlderRows } from './older-rows.ts'
import { Prefetch } from './prefetch.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import { arrivalsIn, forgetArrivals } from './arrivals.ts'
import { parsedIn, stateIn } from './read-results.ts'
import { argsIfOk } from './read-verdicts.ts'
import { reask } from './reask.ts'
import { isOfSettings, SettingsTurns } from './settings-turns.ts'
import { MethodFailure } from './sync-errors.ts'

/** How long a message that was created below the horizon is looked at again: a search index is later than that never. */
const SKIPPED_MS = 10_000

/** A replica this small has not been filled downwards yet: its horizon is still the first page's word. */
const UNCONFIRMED = 250

/** What the work needs of the engine around it. */
export interface EngineParts {
  readonly status: EngineStatus
  readonly timers: EngineTimers
  want(...jobs: readonly Job[]): void
  /** Somebody waits for an answer. */
  isBusy(): boolean
  /** A pull has reached the end. */
  didPullAll(): void
}

export class EngineWork {
  readonly #ctx: AccountContext
  readonly #engine: EngineParts
  readonly #prefetch: Prefetch
  readonly #rows: OlderRows
  readonly #pushRetry: Backoff
  readonly #skipped = new Map<EmailId, number>()
  #stale: readonly PulledType[] = []
  #resyncs = 0
  #isConfirmed: boolean
  #keep: Promise<Keep> | undefined
  /** Rows are here as far down as they are to be kept. */
  #isFilled = false
  #lastReask = -Infinity
  readonly #settingsTurns: SettingsTurns

  /** `kept`: how many Emails were here when the engine began. */
  constructor(ctx: AccountContext, engine: EngineParts, kept: number) {
    this.#ctx = ctx
    this.#engine = engine
    this.#prefetch = new Prefetch(ctx)
    this.#settingsTurns = new SettingsTurns(ctx)
    this.#pushRetry = new Backoff(ctx.deps.random, RETRY)
    this.#isConfirmed = kept > UNCONFIRMED
    this.#rows = new OlderRows(ctx, kept, async () => (await this.#keeping()).fillGaps())
  }

  async run(job: Exclude<Job, 'begin' | 'inbox'>): Promise<void> {
    const jobs = {
      push: () => this.#push(),
      pull: () => this.#pull(),
      reask: () => this.#reask(),
      identities: () => this.#identities(),
      prefetch: () => this.#prefetchStep(),
      backfill: () => this.#backfill(),
      settings: () => this.#settings(),
    }
    await jobs[job]()
  }

  /** R7: our own /set's states are stored already, so its echo is no news. */
  async isNews(changed: Readonly<Record<string, string>>): Promise<boolean> {
    if (this.#settingsTurns.isNews(changed)) this.#engine.want('settings')
    const tokens = await this.#ctx.tokens()
    return PULLED_TYPES.some((type) => changed[type] !== undefined && changed[type] !== tokens[type])
  }

  /** Somebody looks: older mail is kept while they do. */
  didGetVisible(): void {
    if (this.#isFilled) this.#tell((keep) => keep.wake())
    else this.#scheduleBackfill()
  }

  /** What a server without totals holds below the horizon cannot be shown by position: all of it is kept from now on. */
  keepAll(): void {
    if (this.#rows.keepAll()) this.#engine.want('backfill')
  }

  async keep(request: KeepRequest): Promise<Kept> {
    const kept = await (await this.#keeping()).handle(request)
    if (Object.keys(request).length > 0) this.#engine.want('backfill')
    return kept
  }

  async fetchFile(file: { blobId: BlobId; type: string }, download: () => Promise<Blob>): Promise<Blob> {
    // Without the code there may be a network.
    const keep = await this.#keeping().catch(() => undefined)
    return keep ? keep.file(file, download) : download()
  }

  /** One pull, or one step of the way back after the server forgot our token. */
  async #pull(): Promise<void> {
    if (this.#stale.length > 0) {
      // A server that forgets its own state at once would be swept for ever.
      if (this.#resyncs >= 2) {
        this.#resyncs = 0
        throw new MethodFailure('changes', 'cannotCalculateChanges')
      }
      this.#resyncs += 1
      const { resync } = await loadCode(() => import('./resync.ts'))
      await resync(this.#ctx, this.#stale)
      this.#stale = []
    }
    await this.#didPull(await pullChanges(this.#ctx))
  }

  async #push(): Promise<void> {
    const queued = (await this.#ctx.replica.outbox()).filter((row) => row.status === 'queued')
    if (queued.some(isOfSettings) || this.#areSettingsOld()) this.#engine.want('settings')
    if (queued.every(isOfSettings)) return
    const { pushOutbox } = await loadCode(() => import('./push-outbox.ts'))
    const outcome = await pushOutbox(this.#ctx)
    if (!outcome) return
    if (outcome.hasRetry) this.#setTimer('push', this.#pushRetry.next(), 'push')
    else {
      this.#pushRetry.reset()
      this.#engine.want('push')
    }
    await this.#didPull(outcome.pull)
  }

  async #didPull(outcome: PullOutcome): Promise<void> {
    this.#stale = outcome.failed
    if (outcome.isComplete) this.#resyncs = 0
    for (const id of outcome.skipped) this.#skipped.set(id, this.#ctx.deps.clock.now())
    if (outcome.isComplete) this.#engine.didPullAll()
    else this.#engine.want('pull')
    if (outcome.hasCreated || outcome.failed.length > 0) this.#scheduleReask()
    if (outcome.hasChanged) this.#engine.want('prefetch')
    if (outcome.hasCreated) this.#tell((keep) => keep.didArrive())
    if (outcome.isComplete) this.#tend().catch(() => undefined)
    if (outcome.isComplete && this.#settingsTurns.hasLooked && this.#areSettingsOld()) this.#engine.want('settings')
    await this.#engine.status.read(this.#ctx.replica)
  }

  async #settings(): Promise<void> {
    if (await this.#settingsTurns.run()) this.#setTimer('settings', this.#pushRetry.next(), 'settings')
    await this.#engine.status.read(this.#ctx.replica)
  }

  /** What sleeps, and what came into muted conversations: each by code of its own; where it does not arrive, after the next pull. */
  async #tend(): Promise<void> {
    const arrived = await arrivalsIn(this.#ctx.replica)
    if (arrived !== undefined) {
      const { hushMuted } = await import('./muted-mail.ts')
      if (await hushMuted(this.#ctx, this.#engine)) await forgetArrivals(this.#ctx, arrived)
    }
    const mailboxes = await this.#ctx.replica.mailboxes()
    if (!mailboxes.some(({ role, name, totalEmails }) => totalEmails && (role ?? name.toLowerCase()) === 'snoozed'))
      return
    await (await import('./snoozed-mail.ts')).lookAtSnoozed(this.#ctx, this.#engine)
  }

  async #reask(): Promise<void> {
    this.#lastReask = this.#ctx.deps.clock.monotonic()
    const mailboxes = await this.#ctx.replica.mailboxes()
    const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox')?.id
    // The Inbox alone may have a horizon of its own, from the first sync.
    const confirm = !this.#isConfirmed
    // What is looked at may be no mailbox, or one that is gone.
    const shown = mailboxes.find((mailbox) => mailbox.id === this.#ctx.attention.mailboxId)?.id
    const mailboxId: MailboxId | undefined = confirm ? inbox : (shown ?? inbox)
    if (!(await reask(this.#ctx, { mailboxId, confirm }))) {
      this.#scheduleReask()
      this.#engine.want('pull')
      return
    }
    this.#isConfirmed = true
    if (!this.#settingsTurns.hasLooked) this.#setTimer('settings', SETTINGS_AFTER_MS, 'settings')
    if (!this.#isFilled) this.#engine.want('backfill')
    this.#engine.want('prefetch')
  }

  async #prefetchStep(): Promise<void> {
    if (await this.#prefetch.step()) this.#engine.want('prefetch')
  }

  async #backfill(): Promise<void> {
    // Below a first page that the second look has not proved there is nothing to build on.
    if (!this.#isConfirmed || !this.#ctx.attention.visible) return
    const keepWaits = this.#ctx.spares()
    this.#engine.status.update({ keepWaits })
    if (keepWaits) {
      this.#setTimer('backfill', KEEP_LATER_MS, 'backfill')
      return
    }
    if (this.#ctx.keepState === KEPT_TOO_MUCH) await (await this.#keeping()).trim()
    const outcome = await this.#rows.fill(this.#recentlySkipped())
    this.#isFilled = outcome === 'filled'
    this.#engine.status.update({ isFilling: !this.#isFilled, rowsDone: await this.#rows.progress() })
    if (outcome === 'pull') this.#engine.want('pull')
    if (!this.#isFilled) this.#scheduleBackfill()
    // The first moments are the reader's.
    else this.#engine.timers.set('keep', this.#keep ? 0 : KEEP_AFTER_MS, () => void this.#startKeeping())
  }

  async #startKeeping(): Promise<void> {
    try {
      const keep = await this.#keeping()
      keep.start()
    } catch {
      // The code did not arrive.
      this.#engine.timers.set('keep', KEEP_LATER_MS, () => void this.#startKeeping())
    }
  }

  /** What is kept and how is fetched once the account is quiet. */
  async #keeping(): Promise<Keep> {
    const { Keep } = await loadCode(() => import('./keep/keep.ts'))
    this.#keep ??= Keep.create(this.#ctx, this.#engine, this.#rows).catch((error: unknown) => {
      this.#keep = undefined
      throw error
    })
    return this.#keep
  }

  #tell(what: (keep: Keep) => void): void {
    this.#keep?.then(what, () => undefined)
  }

  /** A shared account may not show its identities; then there are none. */
  async #identities(): Promise<void> {
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

  /** The reader does something, or looks for it: then the first look need not wait any longer, but for the second at mail. */
  #areSettingsOld(): boolean {
    return this.#lastReask > -Infinity && this.#settingsTurns.isOld
  }

  #recentlySkipped(): EmailId[] {
    const oldest = this.#ctx.deps.clock.now() - SKIPPED_MS
    for (const [id, at] of this.#skipped) if (at < oldest) this.#skipped.delete(id)
    return [...this.#skipped.keys()]
  }

  #scheduleReask(): void {
    if (this.#engine.timers.has('reask')) return
    const sinceLast = this.#ctx.deps.clock.monotonic() - this.#lastReask
    this.#setTimer('reask', Math.max(REASK_MS, REASK_EVERY_MS - sinceLast), 'reask', 'pull')
  }

  /** Waits for the second look, which also sets it going. */
  #scheduleBackfill(): void {
    if (!this.#engine.timers.has('reask') && !this.#engine.timers.has('backfill'))
      this.#setTimer('backfill', BACKFILL_MS, 'backfill')
  }

  #setTimer(name: TimerName, ms: number, ...jobs: readonly Job[]): void {
    this.#engine.timers.set(name, ms, () => this.#engine.want(...jobs))
  }
}
