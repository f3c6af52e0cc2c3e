/** One opened conversation: its letters, which of them stand open, and where the reader wants to be. */
import { createSubscriber } from 'svelte/reactivity'
import { isUnread } from '../mail/keywords.ts'
import { AskedLetter } from './asked-letter.svelte.ts'
import { LiveSet } from './live-map.svelte.ts'
import { ThreadBodies } from './thread-bodies.svelte.ts'
import { firstOpen, LONG, neighbour, segmentsAround, segmentsOf, type Line, type Segment } from './thread-fold.ts'
import { loadProblem, type LoadProblem } from './thread-problem.ts'
import { ThreadSeen } from './thread-seen.ts'
import type { OpenAccount } from './open-account.ts'
import type { PreparedThread } from './thread-ahead.ts'
import type { Email, EmailId, Mailbox, ThreadId } from '../jmap/types.ts'
import type { Clock } from '../platform/clock.ts'
import type { ChangeNotice, ThreadDetail } from '../replica/replica.ts'

export type ThreadStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** Neither here nor at the server. */
  | { readonly kind: 'gone' }
  /** Not on this device, and the server could not be asked. */
  | { readonly kind: 'absent'; readonly problem: LoadProblem }

/** A letter to bring into view; a new object for each wish. */
export interface Target {
  readonly emailId: EmailId
  /** The reader moved to it, so the focus goes there too. */
  readonly focus: boolean
}

export interface ThreadViewInput {
  readonly account: OpenAccount
  readonly clock: Clock
  readonly threadId: ThreadId
  /** The letter that the URL names. */
  readonly emailId: EmailId | null
  /** That letter stands by itself, and what is around it in its conversation is one press away. */
  readonly isAlone?: boolean
  readonly prepared?: PreparedThread | undefined
  /** Whose rights decide; undefined until the mailboxes are known. */
  readonly mailbox: () => Mailbox | undefined
}

export class ThreadView {
  readonly bodies: ThreadBodies
  readonly seen: ThreadSeen
  readonly account: OpenAccount
  readonly #clock: Clock
  readonly #subscribe = createSubscriber(() => this.#watch())
  readonly #open = new LiveSet<EmailId>()
  readonly #unfolded = new LiveSet<EmailId>()
  #threadId = $state.raw<ThreadId>('' as ThreadId)
  #status = $state.raw<ThreadStatus>({ kind: 'loading' })
  #detail = $state.raw<ThreadDetail | undefined>(undefined)
  #target = $state.raw<Target | undefined>(undefined)
  readonly #asked: AskedLetter
  readonly #isAlone: boolean
  #reads: Promise<void> | undefined
  #isStale = false
  #didAskForMissing = false
  #long: typeof import('./long-thread.ts') | undefined
  #stopOpening: (() => void) | undefined

  constructor(input: ThreadViewInput) {
    this.account = input.account
    this.#clock = input.clock
    this.#threadId = input.threadId
    this.#isAlone = input.isAlone ?? false
    this.#asked = new AskedLetter(input.account.port, input.emailId)
    this.bodies = new ThreadBodies(input.account)
    this.seen = new ThreadSeen({ ...input, emails: () => this.#listed })
    if (input.prepared) {
      this.bodies.put(input.prepared.bodies)
      this.#show(input.prepared.detail)
    }
    void this.read()
  }

  /** Another one once the thread was merged. */
  get threadId(): ThreadId {
    return this.#threadId
  }

  get status(): ThreadStatus {
    this.#subscribe()
    return this.#status
  }

  /** Known letters, oldest first. */
  get emails(): readonly Email[] {
    this.#subscribe()
    return this.#detail?.emails ?? []
  }

  /** How many letters of the conversation are not on this device. */
  get missing(): number {
    return this.#detail?.missing.length ?? 0
  }

  get segments(): readonly Segment[] {
    const { alone } = this
    const [all, open, unfolded] = [this.emails, this.#open, this.#unfolded]
    const segments = alone ? segmentsAround(all, alone, open, unfolded) : segmentsOf(all, open, unfolded)
    return this.#long?.shortened(segments, unfolded) ?? segments
  }

  /** The letter that stands by itself. */
  get alone(): EmailId | null {
    return this.#isAlone ? this.#asked.letter : null
  }

  get target(): Target | undefined {
    return this.#target
  }

  /** The letter that the URL names is nowhere any more. */
  get isAskedLost(): boolean {
    return this.#asked.isLost
  }

  get hasUnread(): boolean {
    return this.#listed.some(isUnread)
  }

  isOpen(id: EmailId): boolean {
    return this.#open.has(id)
  }

  toggle(id: EmailId): void {
    if (this.#open.delete(id)) this.seen.leave(id)
    else this.#openLetter(id)
  }

  openAll(): void {
    const open = ({ id }: Email): void => this.#openLetter(id)
    this.#stopOpening = this.#long?.inPortions(this.#clock, this.emails, open)
    if (!this.#long) this.emails.forEach(open)
  }

  foldAll(): void {
    this.#stopOpening?.()
    this.#open.clear()
    this.seen.stop()
  }

  /** Shows the letters of a folded line one by one; the first of them takes the focus of the line. */
  unfold(line: Line): void {
    const emails = this.#long?.unfoldedBy(line) ?? line.emails
    for (const email of emails) this.#unfolded.add(email.id)
    const [first] = emails
    if (first) this.#target = { emailId: first.id, focus: true }
  }

  /** The URL names this letter now: it is opened and brought into view, as soon as it is known. */
  reveal(id: EmailId): void {
    this.#asked.name(id)
    if (this.#detail) this.#show(this.#detail)
  }

  /** N and P: the letter after or before `from`, brought into view as it is, open or folded. */
  step(from: EmailId | null, delta: 1 | -1): void {
    const id = neighbour(this.emails, from, delta)
    if (id === undefined) return
    this.#unfolded.add(id)
    this.#target = { emailId: id, focus: true }
  }

  /** The reader asks again, or the way to the server is open again. */
  retry(): void {
    this.bodies.retry()
    this.#didAskForMissing = false
    if (this.#status.kind === 'absent') this.#status = { kind: 'loading' }
    void this.read()
  }

  /** What read and unread are about: of a letter by itself not those around it. */
  get #listed(): readonly Email[] {
    if (!this.#isAlone) return this.emails
    return this.segments.flatMap((segment) => (segment.kind === 'letter' ? segment.email : []))
  }

  #openLetter(id: EmailId): void {
    this.#open.add(id)
    this.bodies.want([id])
  }

  #watch(): () => void {
    const { replica, port } = this.account
    const stopNotices = replica.subscribe((notice) => this.#didChange(notice))
    let wasOffline = port.status.phase === 'offline'
    const stopStatus = port.onStatus((status) => {
      if (wasOffline && status.phase !== 'offline') this.retry()
      wasOffline = status.phase === 'offline'
    })
    return () => {
      stopNotices()
      stopStatus()
      this.#stopOpening?.()
      this.seen.stop()
    }
  }

  #didChange(notice: ChangeNotice): void {
    for (const [dead, alive] of notice.rekeyed ?? []) this.#rekey(dead, alive)
    this.bodies.didChange(notice)
    if (this.#isTouchedBy(notice)) void this.read()
  }

  #isTouchedBy({ all, outbox, rekeyed, threadIds, emailIds }: ChangeNotice): boolean {
    if (all || outbox || rekeyed || threadIds?.includes(this.#threadId)) return true
    const ids = this.#detail?.thread.emailIds
    return emailIds?.some((id) => !ids || ids.includes(id)) ?? false
  }

  #rekey(dead: EmailId, alive: EmailId): void {
    this.bodies.rekey(dead, alive)
    this.seen.rekey(dead, alive)
    this.#asked.rekey(dead, alive)
    for (const set of [this.#open, this.#unfolded]) if (set.delete(dead)) set.add(alive)
  }

  /** Reads until nothing has changed since the last read began; one at a time, so that an old answer never comes last. */
  async read(): Promise<void> {
    this.#isStale = true
    this.#reads ??= this.#readWhileStale().finally(() => (this.#reads = undefined))
    await this.#reads
  }

  async #readWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false
      try {
        await this.#readOnce()
      } catch (error) {
        if (!this.#detail) this.#status = { kind: 'absent', problem: loadProblem(error) }
      }
    }
  }

  async #readOnce(): Promise<void> {
    const here = await this.#here()
    if (here && here.emails.length > 0) {
      this.#show(here)
      // what is on the device is shown at once; the rest of the conversation comes as it can, and by a notice
      if (here.missing.length > 0 && !this.#didAskForMissing) {
        this.#didAskForMissing = true
        this.account.port.fetchThread(this.#threadId).catch(() => undefined)
      }
      return
    }
    if (await this.#follow()) return this.#readOnce()
    if (this.#detail) return void (this.#status = { kind: 'gone' })
    await this.account.port.fetchThread(this.#threadId)
    const fetched = await this.#here()
    if (fetched && fetched.emails.length > 0) this.#show(fetched)
    else if (await this.#followAsked()) return this.#readOnce()
    else this.#status = { kind: 'gone' }
  }

  async #here(): Promise<ThreadDetail | undefined> {
    const detail = await this.account.replica.thread(this.#threadId)
    if (detail && detail.emails.length > LONG) this.#long ??= await import('./long-thread.ts').catch(() => undefined)
    return detail
  }

  /** The thread is empty because its letters belong to another one since a merge. */
  async #follow(): Promise<boolean> {
    const known = (this.#detail?.emails ?? []).map((email) => email.id)
    const ids = [...this.#open.values(), ...known, ...(this.#asked.id ? [this.#asked.id] : [])]
    const alive = (await this.account.replica.emails(ids)).find((email) => email && email.threadId !== this.#threadId)
    if (!alive) return false
    this.#threadId = alive.threadId
    return true
  }

  async #followAsked(): Promise<boolean> {
    const threadId = await this.#asked.follow(this.#threadId)
    if (threadId) this.#threadId = threadId
    return !!threadId
  }

  async #seekAsked(): Promise<void> {
    const threadId = await this.#asked.seek(this.#threadId)
    if (!threadId) return
    this.#threadId = threadId
    await this.read()
  }

  #show(detail: ThreadDetail): void {
    this.#detail = detail
    this.#status = { kind: 'ready' }
    const asked = this.#asked.takeFrom(detail.emails)
    if (!asked) void this.#seekAsked()
    if (!asked && this.#target) return
    const first = asked?.id ?? firstOpen(detail.emails, null)
    if (first === undefined) return
    this.#openLetter(first)
    this.#target = { emailId: first, focus: false }
  }
}
