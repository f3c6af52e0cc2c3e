/**
 * One list of conversations, sparse: rows above the horizon are read from the replica as they come into view, windows
 * below it are asked of the engine (L1, L4). Fixed to its query for life: another mailbox is another object.
 */
import { createSubscriber } from 'svelte/reactivity'
import { LateFarRows, withRowsBelow } from './late-far-rows.ts'
import type { MailList } from './mail-list.ts'
import { ListEvents } from './list-events.ts'
import { coalesce } from './coalesce.ts'
import { chunks, NearRows } from './near-rows.ts'
import type { RowChange, RowsAhead } from './rows-ahead.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import { queryId, type ListQuery, type RowKey, type ThreadRow } from '../mail/list.ts'
import type { Clock } from '../platform/clock.ts'
import type { ChangeNotice } from '../replica/replica.ts'

const ISLANDS = 500
/** Skeletons before the first sync. */
const FIRST_ROWS = 8

export interface EmailListInput {
  readonly account: OpenAccount
  readonly query: ListQuery
  readonly clock: Clock
}

interface Head {
  readonly covered: number
  readonly total: number | undefined
  readonly isComplete: boolean
}

export class EmailList implements MailList {
  readonly hasDays = true
  readonly key: string
  readonly query: ListQuery
  readonly #account: OpenAccount
  readonly #near = new NearRows()
  readonly #far: LateFarRows
  readonly #events: ListEvents
  readonly #track: () => void
  #update: () => void = () => undefined
  #head: Head | undefined
  #islands: readonly ThreadRow[] = []
  #view = { first: 0, last: 0 }
  /** Threads that changed since rows were read anew; undefined: any of them may have. */
  #touched: Set<ThreadId> | undefined
  /** The thumb is held: no number of rows changes under it. */
  #isHeld = false
  #ahead: RowsAhead | undefined
  #isDirty = false
  /** The read that covers all that was heard of. */
  #heard: Promise<void> | undefined
  #shape = ''
  #wasOffline = false
  #revision = 0

  constructor({ account, query, clock }: EmailListInput) {
    this.#account = account
    this.query = query
    this.key = queryId(query)
    this.#events = new ListEvents(() => clock.now())
    this.#far = new LateFarRows({ account, query, clock, events: this.#events, changed: () => this.#changed() })
    this.#track = createSubscriber((update) => {
      this.#update = update
      void this.#refresh()
      const stop = [
        account.replica.subscribe((notice) => this.#notice(notice)),
        account.port.onStatus(() => this.#statusChanged()),
      ]
      return () => {
        this.#update = () => undefined
        // Nobody followed what happens from now on.
        this.#touched = undefined
        this.#heard = undefined
        for (const each of stop) each()
        this.#far.stop()
      }
    })
  }

  /** Another number after each change: what effects depend on that look at positions rather than at a row. */
  get revision(): number {
    this.#track()
    return this.#revision
  }

  /** False until the replica was read once. */
  get isLoaded(): boolean {
    this.#track()
    return this.#head !== undefined
  }

  /** How many rows the list spans on screen, known and unknown ones. */
  get length(): number {
    this.#track()
    const head = this.#head
    if (!head) return 0
    if (head.isComplete) return head.covered
    if (this.#isOffline) return head.covered + this.#islands.length
    if (this.isFirstSync) return FIRST_ROWS
    const total = this.#far.total(head.total)
    if (total !== undefined) return Math.max(total, head.covered)
    // Nobody knows how many follow: one row says that there is more, until it has come or is asked for.
    return head.covered + 1
  }

  /** Nothing was ever fetched: skeletons stand for the rows that are on their way. */
  get isFirstSync(): boolean {
    this.#track()
    const { phase, syncedAt } = this.#account.port.status
    return this.#head?.covered === 0 && !this.#head.isComplete && syncedAt === undefined && phase !== 'error'
  }

  /** Rows at the server; undefined while nobody knows. */
  get total(): number | undefined {
    this.#track()
    if (this.#head?.isComplete) return this.#head.covered
    return this.#far.total(this.#head?.total)
  }

  /** Rows from the top that are here without a gap, up to the part that has heads. */
  get gapless(): number {
    this.#track()
    return this.#near.prefix()
  }

  /** Offline: from this position on, rows stand alone; how many between them are not on this device. */
  get islandsFrom(): { readonly position: number; readonly missing: number | undefined } | undefined {
    this.#track()
    const head = this.#head
    if (!head || head.isComplete || !this.#isOffline) return undefined
    const total = this.#far.total(head.total)
    const missing = total === undefined ? undefined : total - head.covered - this.#islands.length
    return missing === undefined || missing > 0 ? { position: head.covered, missing } : undefined
  }

  /** The rows in view could not be fetched. */
  get hasFailed(): boolean {
    this.#track()
    return this.#far.hasFailed
  }

  row(position: number): ThreadRow | undefined {
    this.#track()
    const head = this.#head
    if (!head) return undefined
    if (position < head.covered) return this.#near.at(position)
    if (this.#isOffline) return this.#islands[position - head.covered]
    return this.#far.row(head.total, position)
  }

  /** Where a thread stands now, if it is read; -1 otherwise. */
  positionOf(threadId: RowKey): number {
    this.#track()
    const near = this.#near.positionOf(threadId)
    if (near >= 0 || !this.#head) return near
    if (!this.#isOffline) return this.#far.positionOf(this.#head.total, threadId)
    const island = this.#islands.findIndex((row) => row.threadId === threadId)
    return island < 0 ? -1 : this.#head.covered + island
  }

  find(threadId: RowKey): Promise<number | undefined> {
    return this.#account.replica.positionOf(this.query, threadId as ThreadId)
  }

  async rowsIn(first: number, last: number, isAsked = false): Promise<readonly ThreadRow[]> {
    const read = await this.#account.replica.listWindow(this.query, first, last - first + 1)
    return isAsked && last >= read.covered ? withRowsBelow(this.#account, this, first, last, read) : read.rows
  }

  /** Representatives in view, then those of the next screen. */
  attention(): readonly EmailId[] {
    const { first, last } = this.#view
    const ids: EmailId[] = []
    for (let position = first; position <= last + (last - first) + 1; position += 1) {
      const row = this.row(position)
      if (row) ids.push(row.emailId)
    }
    return ids
  }

  get events(): ListEvents['all'] {
    return this.#events.all
  }

  /** These positions are on screen: reads what is missing of them and of a screen around. */
  observe(first: number, last: number): void {
    this.#view = { first, last }
    const head = this.#head
    if (!head) return
    const screen = last - first + 1
    this.#near.forget(first, last)
    const missing = this.#near.missing(first - screen, last + screen, head.covered)
    // A replica that was closed meanwhile has no rows to show any more.
    if (missing) this.#read(missing.from, missing.count).catch(() => undefined)
    if (!this.#isOffline && !head.isComplete && !this.isFirstSync) this.#far.want(head, first, last, screen)
  }

  /** Freezes the number of rows while the scroll bar's thumb is held, and lets go. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld && this.#isDirty) void this.#refresh()
  }

  meanwhile(change: RowChange, ahead: () => RowsAhead): () => void {
    const done = (this.#ahead ??= ahead()).add(change, () => void this.#refresh())
    this.#take(this.#head)
    return done
  }

  /** Resolves when it shows every change that was committed before: each is heard of before whoever made it goes on. */
  reread(): Promise<void> {
    return this.#heard ?? this.#refresh()
  }

  /** The reader asks again after a failure. */
  retry(): void {
    this.#far.retry()
    this.observe(this.#view.first, this.#view.last)
  }

  get #isOffline(): boolean {
    return this.#account.port.status.phase === 'offline'
  }

  #notice(notice: ChangeNotice): void {
    const isOurs = notice.all === true || notice.lists?.includes(this.query.mailboxId) === true
    // How far an intent has come is nothing to its rows: where they change with it, the notice says that, too.
    if (!isOurs && notice.mailboxes !== true) return
    this.#events.add('notice', { lists: isOurs, emails: notice.emailIds?.length, all: notice.all })
    for (const id of notice.threadIds ?? []) this.#touched?.add(id)
    if (notice.anyRow) this.#touched = undefined
    if (isOurs && notice.mailboxes) this.#far.counted()
    if (notice.all) this.#far.clear()
    else if (isOurs) this.#far.noticed(notice.emailIds ?? [], () => this.#near.rows())
    this.#heard = this.#refresh()
  }

  #statusChanged(): void {
    if (this.#isOffline === this.#wasOffline) return
    this.#wasOffline = this.#isOffline
    if (!this.#isOffline) this.#far.retry()
    void this.#refresh()
  }

  /** Reads everything on screen anew, in place of what was there. */
  readonly #refresh = coalesce(async () => {
    if (this.#isHeld) {
      this.#isDirty = true
      return
    }
    this.#isDirty = false
    const { replica } = this.#account
    const { first, last } = this.#view
    const screen = last - first + 1
    const view = chunks(first - screen, last + screen)
    const top = this.#near.prefix()
    const reads =
      view.from <= top
        ? [replica.listWindow(this.query, 0, Math.max(top, view.from + view.count))]
        : [replica.listWindow(this.query, 0, top), replica.listWindow(this.query, view.from, view.count)]
    const windows = await Promise.all(reads)
    const touched = this.#touched
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
    this.#touched = new Set()
    const far = this.#far.isEmpty ? undefined : await this.#far.reread(touched)
    this.#islands = this.#isOffline && !windows.at(-1)?.isComplete ? await replica.islands(this.query, ISLANDS) : []
    this.#take(windows.at(-1), this.#near.replace(windows) || far !== undefined)
    if (far) this.#events.add('reread', { gone: far })
    this.observe(this.#view.first, this.#view.last)
  })

  async #read(from: number, count: number): Promise<void> {
    const window = await this.#account.replica.listWindow(this.query, from, count)
    this.#near.add([window])
    this.#take(window)
  }

  /** `isNews`: rows are others than they were; else nothing is told unless the list has another shape. */
  #take(window: Head | undefined, isNews = true): void {
    if (!window) return
    const { isComplete } = window
    const left = this.#ahead?.show(this.#near) ?? 0
    const covered = window.covered - left
    const total = window.total === undefined ? undefined : window.total - left
    if (this.#head?.covered !== covered || this.#head.total !== total) this.#events.add('head', { covered, total })
    this.#head = { covered, total, isComplete }
    const shape = [covered, total, isComplete, this.isFirstSync, this.#isOffline, this.#islands.length].join()
    const isSame = shape === this.#shape && !isNews && !this.#ahead?.size && this.#islands.length === 0
    this.#shape = shape
    if (!isSame) this.#changed()
  }

  #changed(): void {
    this.#revision += 1
    this.#update()
  }
}
