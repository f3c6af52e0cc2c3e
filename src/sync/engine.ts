/**
 * One account's sync engine: pulls what changed, pushes the outbox, keeps older mail, and answers what a page asks for.
 * It is the only writer of base rows. Everything that moves a token runs in one lane, one piece after the other;
 * windows, bodies and threads run beside it under the touch log.
 */
import type { BlobId, EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import { AccountContext, type EngineDeps } from './account-context.ts'
import { Backoff } from './backoff.ts'
import type {
  AccountStatus,
  Attention,
  FetchedWindow,
  Hits,
  HitsRequest,
  KeepRequest,
  Kept,
  WindowRequest,
} from './engine-port.ts'
import { EngineStatus } from './engine-status.ts'
import { AWAITED, OPTIONAL, ORDER, type Job } from './engine-jobs.ts'
import { AWAY_MS, DEBOUNCE_MS, EngineTimers, REASK_MS, RETRY, type TimerName } from './engine-timers.ts'
import type { EngineParts, EngineWork } from './engine-work.ts'
import { KEPT_PARTLY, KEPT_WHOLE } from './keep-state.ts'
import { fillInbox, firstSync } from './first-sync.ts'
import { Listeners } from './listeners.ts'
import { Lane } from './lane.ts'
import { PageFetches } from './page-fetches.ts'
import { PollTimer } from './poll-timer.ts'
import { recoverOutbox } from './recover-outbox.ts'
import { Deposed, MethodFailure, Stopped, toFailure } from './sync-errors.ts'

export class AccountEngine {
  readonly #ctx: AccountContext
  readonly #status = new EngineStatus()
  readonly #timers: EngineTimers
  readonly #poll: PollTimer
  readonly #retry: Backoff
  readonly #lane: Lane<Job>
  readonly #deposed = new Listeners<void>()
  readonly #fetches: PageFetches
  #work: EngineWork | undefined
  #hasBegun = false
  /** How many Emails were here then. */
  #keptAtBegin = 0
  #needsInbox = false
  #unsubscribe: () => void = () => undefined

  constructor(deps: EngineDeps) {
    this.#ctx = new AccountContext(deps, () => this.#pullNow())
    this.#timers = new EngineTimers(deps.clock)
    this.#poll = new PollTimer(deps, () => this.#lane.want('pull'))
    this.#retry = new Backoff(deps.random, RETRY)
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

  /** Claims the epoch, recovers a dead leader's outbox, then syncs. Resolves before the network answers. */
  async start(): Promise<void> {
    this.#ctx.epoch = await this.#ctx.replica.claimEpoch()
    const { replica } = this.#ctx
    this.#unsubscribe = replica.subscribe((notice) => {
      // Rows were dropped, because one could not be read: what is in memory of them is nothing any more.
      if (notice.all) this.#depose()
      else if (notice.outbox) this.#status.note(replica)
    })
    try {
      const [token] = await Promise.all([replica.state('Email'), recoverOutbox(this.#ctx), this.#status.read(replica)])
      this.#status.update({ isStarted: token !== undefined })
      this.#lane.want('begin')
      this.#poll.start()
    } catch (error) {
      // Another one has begun meanwhile: two tabs that stood still were given the lock in turn, and go on at once.
      if (!(error instanceof Deposed)) throw error
      this.#depose()
    }
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
    void this.#isNews(changed).then((isNews) => {
      if (!isNews || this.#ctx.isStopped) return
      this.#setTimer('pull', DEBOUNCE_MS, ['pull'])
      this.#refreshStatus()
    })
  }

  pokeOutbox(): void {
    // Counted before it can be sent: offline, neither the server nor the code that sends may be within reach.
    this.#status.note(this.#ctx.replica)
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
    const isSeenAgain = attention.visible && !this.#ctx.attention.visible
    this.#ctx.attention = attention
    this.#poll.setVisible(attention.visible)
    if (isSeenAgain) this.#work?.didGetVisible()
    this.#lane.want('prefetch')
  }

  /** True where the server has no event stream. */
  setPolling(isPolling: boolean): void {
    this.#poll.setPolling(isPolling)
  }

  async fetchWindow(request: WindowRequest): Promise<FetchedWindow> {
    const window = await this.#fetches.run('fetchWindow', request)
    if (window.total === undefined) (await this.#working()).keepAll()
    return window
  }

  fetchTotal(query: ListQuery): Promise<number | undefined> {
    return this.#fetches.run('fetchTotal', query)
  }

  fetchBodies(emailIds: readonly EmailId[]): Promise<void> {
    return this.#fetches.run('fetchBodies', emailIds)
  }

  fetchThread(threadId: ThreadId): Promise<void> {
    return this.#fetches.run('fetchThread', threadId)
  }

  fetchEmail(emailId: EmailId): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
    return this.#fetches.run('fetchEmail', emailId)
  }

  fetchHits(request: HitsRequest): Promise<Hits> {
    return this.#fetches.run('fetchHits', request)
  }

  async keep(request: KeepRequest): Promise<Kept> {
    return (await this.#working()).keep(request)
  }

  /** A part of a letter: kept here, or downloaded and perhaps kept from then on. */
  async fetchFile(
    file: { readonly blobId: BlobId; readonly type: string },
    download: () => Promise<Blob>,
  ): Promise<Blob> {
    const work = await this.#working().catch(() => undefined)
    return work ? work.fetchFile(file, download) : download()
  }

  async #do(job: Job): Promise<void> {
    if (job === 'begin') await this.#begin()
    // Wanted again once the engine has begun.
    else if (!this.#hasBegun) return
    else if (job === 'inbox') await this.#fillInbox()
    else await (await this.#working()).run(job)
    // A step of prefetch may have asked for nothing, and so proves nothing.
    if (job === 'prefetch') return
    this.#retry.reset()
    this.#status.update({ isOffline: false, problem: undefined })
  }

  /** Asks for rows if there were none yet. */
  async #begin(): Promise<void> {
    const { replica } = this.#ctx
    if ((await replica.state('Email')) === undefined) await firstSync(this.#ctx)
    const stores = ['emails', 'meta'] as const
    const [count, days, kept] = await replica.read(stores, (tx) =>
      Promise.all([tx.count('emails'), tx.get('meta', 'keepDays'), tx.get('meta', 'keepState')]),
    )
    this.#keptAtBegin = count
    this.#ctx.keepDays = days?.value ?? this.#ctx.keepDays
    this.#ctx.keepState = kept?.value ?? KEPT_PARTLY
    if (kept?.value === KEPT_WHOLE) this.#status.update({ rowsDone: 1, lettersDone: 1, isFilling: false })
    this.#hasBegun = true
    this.#fetches.open()
    this.#status.update({ isStarted: true })
    this.#setTimer('reask', REASK_MS, ['reask', 'pull'])
    this.#lane.want('inbox', 'push', 'pull', 'identities', 'prefetch')
    await this.#status.read(replica)
  }

  /** The work that no first row waits for. */
  async #working(): Promise<EngineWork> {
    const { EngineWork } = await this.#ctx.afterRows()
    if (this.#work) return this.#work
    const parts: EngineParts = {
      status: this.#status,
      timers: this.#timers,
      isBusy: () => this.#fetches.isBusy,
      want: (...jobs) => this.#lane.want(...jobs),
      didPullAll: () => {
        if (this.#needsInbox) this.#lane.want('inbox')
      },
    }
    this.#work = new EngineWork(this.#ctx, parts, this.#keptAtBegin)
    return this.#work
  }

  /** Whether to pull. What cannot be judged is news, also where a leader that was deposed has closed the replica. */
  async #isNews(changed?: Readonly<Record<string, string>>): Promise<boolean> {
    if (changed === undefined) return true
    return this.#working()
      .then((work) => work.isNews(changed))
      .catch(() => true)
  }

  async #fillInbox(): Promise<void> {
    this.#needsInbox = !(await fillInbox(this.#ctx))
    if (this.#needsInbox) this.#lane.want('pull')
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
        this.#retryIn(0, true)
        return 'pause'
      case 'problem':
        this.#status.update({ isOffline: false, problem: failure.problem })
        if (!failure.isFinal) this.#retryIn(failure.problem.retryInMs ?? 0, failure.problem.kind === 'protocol')
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

  #retryIn(atLeast: number, isAway: boolean): void {
    const most = isAway && this.#ctx.attention.visible ? AWAY_MS : Infinity
    this.#timers.set('retry', Math.max(atLeast, Math.min(this.#retry.next(), most)), () => this.#pullNow())
  }

  #pullNow(): void {
    this.#lane.want('pull')
    this.#lane.resume()
  }

  #depose(): void {
    if (this.#ctx.isStopped) return
    this.stop()
    this.#deposed.tell()
  }

  #setTimer(name: TimerName, ms: number, jobs: readonly Job[]): void {
    this.#timers.set(name, ms, () => this.#lane.want(...jobs))
  }

  #refreshStatus(): void {
    const isPending = this.#timers.has('reask') || this.#timers.has('pull')
    this.#status.update({ isBusy: this.#fetches.isBusy || isPending || this.#lane.isBusyWith(AWAITED) })
  }
}
