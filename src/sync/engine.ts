/**
 * One account's sync engine: pulls what changed, pushes the outbox, keeps older mail, and answers what a page asks for.
 * It is the only writer of base rows. Everything that moves a token runs in one lane, one piece after the other;
 * windows, bodies and threads run beside it under the touch log.
 */
import type { EmailId, ThreadId } from '../jmap/types.ts'
import { AccountContext, type EngineDeps } from './account-context.ts'
import { Backoff } from './backoff.ts'
import type { AccountStatus, Attention, FetchedWindow, WindowRequest } from './engine-port.ts'
import { EngineStatus } from './engine-status.ts'
import { AWAITED, OPTIONAL, ORDER, type Job } from './engine-jobs.ts'
import { BACKFILL_MS, DEBOUNCE_MS, EngineTimers, REASK_EVERY_MS, REASK_MS, RETRY } from './engine-timers.ts'
import type { TimerName } from './engine-timers.ts'
import { EngineWork } from './engine-work.ts'
import { Listeners } from './listeners.ts'
import { Lane } from './lane.ts'
import { PageFetches } from './page-fetches.ts'
import { PollTimer } from './poll-timer.ts'
import type { Prefetch } from './prefetch.ts'
import type { PullOutcome } from './pull-changes.ts'
import { recoverOutbox } from './recover-outbox.ts'
import { MethodFailure, Stopped, toFailure } from './sync-errors.ts'

export class AccountEngine {
  readonly #ctx: AccountContext
  readonly #work: EngineWork
  readonly #status = new EngineStatus()
  readonly #timers: EngineTimers
  readonly #poll: PollTimer
  readonly #retry: Backoff
  readonly #pushRetry: Backoff
  readonly #lane: Lane<Job>
  readonly #deposed = new Listeners<void>()
  readonly #dropped = new Listeners<readonly EmailId[]>()
  readonly #fetches: PageFetches
  #prefetch: Prefetch | undefined
  #hasBegun = false
  #needsInbox = false
  #lastReask = -Infinity
  #unsubscribe: () => void = () => undefined

  constructor(deps: EngineDeps) {
    this.#ctx = new AccountContext(deps, () => {
      this.#lane.want('pull')
      this.#lane.resume()
    })
    this.#work = new EngineWork(this.#ctx)
    this.#timers = new EngineTimers(deps.clock)
    this.#poll = new PollTimer(deps, () => this.#lane.want('pull'))
    this.#retry = new Backoff(deps.random, RETRY)
    this.#pushRetry = new Backoff(deps.random, RETRY)
    const changed = (): void => this.#refreshStatus()
    this.#fetches = new PageFetches(this.#ctx, { changed, failed: (error) => this.#didFailFetch(error) })
    this.#lane = new Lane<Job>(ORDER, {
      run: (job) => this.#do(job),
      changed,
      failed: (job, error) => this.#didFail(job, error),
    })
  }

  get status(): AccountStatus {
    return this.#status.value
  }

  onStatus(listener: (status: AccountStatus) => void): () => void {
    return this.#status.onStatus(listener)
  }

  /** Another leader took over: this engine has stopped and will write nothing more. */
  onDeposed(listener: () => void): () => void {
    return this.#deposed.add(listener)
  }

  /** Emails an action was meant for that the server no longer has, under no id (B6.5a). */
  onDropped(listener: (ids: readonly EmailId[]) => void): () => void {
    return this.#dropped.add(listener)
  }

  /** Claims the epoch, recovers a dead leader's outbox, then syncs. Resolves before the network answers. */
  async start(): Promise<void> {
    this.#ctx.epoch = await this.#ctx.replica.claimEpoch()
    await recoverOutbox(this.#ctx)
    this.#unsubscribe = this.#ctx.replica.subscribe((notice) => {
      if (notice.outbox || notice.all) void this.#status.read(this.#ctx.replica)
    })
    await this.#status.read(this.#ctx.replica)
    this.#status.update({ isStarted: (await this.#ctx.replica.state('Email')) !== undefined })
    this.#lane.want('begin', 'push', 'identities')
    this.#poll.start()
  }

  stop(): void {
    this.#ctx.stop()
    this.#timers.cancelAll()
    this.#poll.stop()
    this.#unsubscribe()
    this.#lane.close()
    this.#fetches.close()
    this.#ctx.vouching.didFail(new Stopped())
  }

  /** A StateChange's states of this account; nothing when the stream opened, which may have missed some. */
  didPush(changed?: Readonly<Record<string, string>>): void {
    void this.#work.isNews(changed).then((isNews) => {
      if (!isNews || this.#ctx.isStopped) return
      this.#setTimer('pull', DEBOUNCE_MS, ['pull'])
      this.#refreshStatus()
    })
  }

  pokeOutbox(): void {
    this.#lane.want('push')
  }

  /** The reader asks: now, without waiting for a back-off. */
  refresh(): void {
    this.#retry.reset()
    this.#timers.cancel('retry')
    this.#lane.want('push', 'pull')
    this.#lane.resume()
  }

  setAttention(attention: Attention): void {
    this.#ctx.attention = attention
    this.#poll.setVisible(attention.visible)
    if (attention.visible && this.#hasBegun && !this.#work.isFilled) this.#scheduleBackfill()
    this.#lane.want('prefetch')
  }

  /** True where the server has no event stream. */
  setPolling(isPolling: boolean): void {
    this.#poll.setPolling(isPolling)
  }

  async fetchWindow(request: WindowRequest): Promise<FetchedWindow> {
    const window = await this.#fetches.window(request)
    if (window.total === undefined && this.#work.keepAll()) this.#lane.want('backfill')
    return window
  }

  fetchBodies(emailIds: readonly EmailId[]): Promise<void> {
    return this.#fetches.bodies(emailIds)
  }

  fetchThread(threadId: ThreadId): Promise<void> {
    return this.#fetches.thread(threadId)
  }

  fetchEmail(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
    return this.#fetches.email(emailId)
  }

  async #do(job: Job): Promise<void> {
    const run: Record<Job, () => Promise<void>> = {
      begin: () => this.#begin(),
      push: () => this.#push(),
      pull: async () => this.#didPull(await this.#work.pull()),
      inbox: () => this.#fillInbox(),
      reask: () => this.#reask(),
      identities: () => this.#work.identities(),
      prefetch: () => this.#prefetchStep(),
      backfill: () => this.#backfill(),
    }
    await run[job]()
    // A step of prefetch may have asked for nothing, and so proves nothing.
    if (job === 'prefetch') return
    this.#retry.reset()
    this.#status.update({ isOffline: false, problem: undefined })
  }

  async #begin(): Promise<void> {
    await this.#work.begin()
    this.#hasBegun = true
    this.#fetches.open()
    this.#status.update({ isStarted: true, backfill: await this.#work.backfillPercent() })
    this.#scheduleReask()
    this.#lane.want('inbox', 'pull', 'prefetch')
    await this.#status.read(this.#ctx.replica)
  }

  async #push(): Promise<void> {
    const outcome = await this.#work.push()
    if (!outcome) return
    if (outcome.dropped.length > 0) this.#dropped.tell(outcome.dropped)
    if (outcome.hasRetry) this.#setTimer('push', this.#pushRetry.next(), ['push'])
    else {
      this.#pushRetry.reset()
      this.#lane.want('push')
    }
    await this.#didPull(outcome.pull)
  }

  async #didPull(outcome: PullOutcome): Promise<void> {
    if (!outcome.isComplete) this.#lane.want('pull')
    else if (this.#needsInbox) this.#lane.want('inbox')
    if (outcome.hasCreated || outcome.failed.length > 0) this.#scheduleReask()
    if (outcome.hasChanged) this.#lane.want('prefetch')
    await this.#status.read(this.#ctx.replica)
  }

  async #fillInbox(): Promise<void> {
    this.#needsInbox = !(await this.#work.fillInbox())
    if (this.#needsInbox) this.#lane.want('pull')
  }

  async #reask(): Promise<void> {
    this.#lastReask = this.#ctx.deps.clock.monotonic()
    if (!(await this.#work.reask())) {
      this.#scheduleReask()
      this.#lane.want('pull')
      return
    }
    if (!this.#work.isFilled) this.#lane.want('backfill')
    this.#lane.want('prefetch')
  }

  async #prefetchStep(): Promise<void> {
    if (!this.#hasBegun) return
    this.#prefetch ??= new (await this.#ctx.afterRows()).Prefetch(this.#ctx)
    if (await this.#prefetch.step()) this.#lane.want('prefetch')
  }

  async #backfill(): Promise<void> {
    if (!this.#work.mayBackfill) return
    if (!(await this.#work.backfill())) this.#lane.want('pull')
    this.#status.update({ backfill: await this.#work.backfillPercent() })
    if (!this.#work.isFilled) this.#scheduleBackfill()
  }

  #didFail(job: Job, error: unknown): 'again' | 'pause' | 'drop' {
    const failure = toFailure(error)
    this.#ctx.vouching.didFail(error as Error)
    this.#ctx.deps.log.debug(`${job} failed`, failure)
    if (error instanceof MethodFailure && OPTIONAL.includes(job)) return 'drop'
    switch (failure.kind) {
      case 'stopped':
        return 'drop'
      case 'deposed':
        this.#depose()
        return 'drop'
      case 'conflict':
        return 'again'
      case 'offline':
        this.#status.update({ isOffline: true, problem: undefined })
        this.#retryIn(0)
        return 'pause'
      case 'problem':
        this.#status.update({ isOffline: false, problem: failure.problem })
        if (!failure.isFinal) this.#retryIn(failure.problem.retryInMs ?? 0)
        return 'pause'
    }
  }

  /** A page is told by its own promise; the lane finds out whether the account as a whole is away. */
  #didFailFetch(error: unknown): void {
    const { kind } = toFailure(error)
    if (kind === 'deposed') this.#depose()
    const isAnswer = error instanceof MethodFailure
    if (kind === 'offline' || (kind === 'problem' && !isAnswer)) this.#lane.want('pull')
  }

  #retryIn(atLeast: number): void {
    this.#timers.set('retry', Math.max(atLeast, this.#retry.next()), () => {
      this.#lane.want('pull')
      this.#lane.resume()
    })
  }

  #depose(): void {
    if (this.#ctx.isStopped) return
    this.stop()
    this.#deposed.tell()
  }

  #setTimer(name: TimerName, ms: number, jobs: readonly Job[]): void {
    this.#timers.set(name, ms, () => this.#lane.want(...jobs))
  }

  #scheduleReask(): void {
    if (this.#timers.has('reask')) return
    const sinceLast = this.#ctx.deps.clock.monotonic() - this.#lastReask
    this.#setTimer('reask', Math.max(REASK_MS, REASK_EVERY_MS - sinceLast), ['reask', 'pull'])
  }

  /** Waits for the second look, which also sets it going. */
  #scheduleBackfill(): void {
    if (!this.#timers.has('reask') && !this.#timers.has('backfill'))
      this.#setTimer('backfill', BACKFILL_MS, ['backfill'])
  }

  #refreshStatus(): void {
    const isPending = this.#timers.has('reask') || this.#timers.has('pull')
    this.#status.update({ isBusy: this.#fetches.isBusy || isPending || this.#lane.isBusyWith(AWAITED) })
  }
}
