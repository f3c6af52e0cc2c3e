/** Fetches and keeps the rows of a list below the horizon: which windows, when, and how often (L4). */
import { FarWindows } from './far-windows.ts'
import type { FarRequest } from './far-windows.ts'
import type { ListEvents } from './list-events.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery, RowKey, ThreadRow } from '../mail/list.ts'
import { sameRow } from '../mail/same-row.ts'
import type { Clock } from '../platform/clock.ts'
import type { FetchedWindow } from '../sync/engine-port.ts'

/** While the thumb moves nothing is asked: a drag over the whole list would ask for all of it. */
const SETTLE_MS = 60
/** A stale visible window is asked again at most this often. */
const REASK_MS = 2000
/** So many rows are here before those far from the view are let go. */
const KEPT_ROWS = 1000

export interface FarRowsInput {
  readonly account: OpenAccount
  readonly query: ListQuery
  readonly clock: Clock
  readonly events: ListEvents
  readonly changed: () => void
  /** How rows are read, where they are not the mailbox's. */
  readonly rows?: (ids: readonly EmailId[]) => Promise<readonly (ThreadRow | undefined)[]>
  /** Rows above that stay on screen though the server no longer counts them: its positions are that much smaller. */
  readonly stayed?: () => number
}

export interface FarView {
  readonly total: number | undefined
  readonly covered: number
}

interface Wanted {
  readonly view: FarView
  readonly first: number
  readonly last: number
  /** Rows below them that may be next. */
  readonly ahead: number
}

export class FarRows {
  readonly #input: FarRowsInput
  readonly #windows: FarWindows
  readonly #rows = new Map<EmailId, ThreadRow>()
  readonly #inFlight = new Set<number>()
  readonly #noticed = new Set<EmailId>()
  #wanted: Wanted | undefined
  #cancel: (() => void) | undefined
  #lastReask = -Infinity
  #hasFailed = false
  /** False once an answer had no total: such a server may not collapse threads either, and then a position names no row. */
  #hasPositions = true
  /** The total of the last answer, with the replica's total at that time: it holds until that one moves. */
  #answered: { readonly total: number; readonly beside: number | undefined } | undefined

  constructor(input: FarRowsInput) {
    this.#input = input
    this.#windows = new FarWindows(input.query.collapseThreads !== false)
  }

  get isEmpty(): boolean {
    return this.#windows.isEmpty
  }

  get hasFailed(): boolean {
    return this.#hasFailed
  }

  /**
   * The server's count by the newest word: the mailbox's (L5), unless a later answer said another number. Undefined where
   * the server does not count: its mailboxes may count messages for threads (James, D25).
   */
  total(known: number | undefined): number | undefined {
    if (!this.#hasPositions) return undefined
    return this.#answered && this.#answered.beside === known ? this.#answered.total : known
  }

  row(total: number | undefined, position: number): ThreadRow | undefined {
    const entry = this.#windows.at(this.#base(total), position)
    return entry && this.#rows.get(entry.emailId)
  }

  positionOf(total: number | undefined, key: RowKey): number {
    return this.#windows.positionOf(this.#base(total), key)
  }

  /** These positions are on screen, and `ahead` below them may be next. */
  want(view: FarView, first: number, last: number, ahead: number): void {
    if (!this.#hasPositions) return
    this.#wanted = { view, first, last, ahead }
    this.#forgetPassed()
    this.#settle()
  }

  /**
   * Emails of this list changed. Those that stand neither here nor in the list's other rows may stand below the horizon:
   * windows become stale.
   */
  noticed(ids: readonly EmailId[], others: () => Iterable<ThreadRow>): void {
    for (const id of ids) this.#noticed.add(id)
    this.#others = others
    if (this.#inFlight.size === 0) this.#judgeNoticed()
  }

  /** Reads the rows of these threads again, or all rows. Answers how many left the list. */
  async reread(touched?: ReadonlySet<ThreadId>): Promise<number> {
    const entries = Array.from(this.#windows.entries()).filter(({ emailId }) => {
      const row = this.#rows.get(emailId)
      return !touched || !row || touched.has(row.threadId)
    })
    if (entries.length === 0) return 0
    const rows = await this.#read(entries.map((entry) => entry.emailId))
    let gone = 0
    entries.forEach((entry, index) => {
      const row = rows[index]
      if (row) this.#rows.set(entry.emailId, sameRow(this.#rows.get(entry.emailId), row))
      else {
        gone += 1
        this.#windows.remove(entry.key)
      }
    })
    this.#dropUnheld()
    return gone
  }

  /** The mailbox's count was written anew, be it to the same number: it is newer than what was answered. */
  counted(): void {
    this.#answered = undefined
  }

  retry(): void {
    this.#hasFailed = false
  }

  clear(): void {
    this.#windows.clear()
    this.#rows.clear()
    this.#answered = undefined
  }

  stop(): void {
    this.#cancel?.()
  }

  #others: () => Iterable<ThreadRow> = () => []

  #judgeNoticed(): void {
    const known = new Set<EmailId>()
    for (const row of [...this.#others(), ...this.#rows.values()]) for (const { id } of row.messages) known.add(id)
    const isUnknown = Array.from(this.#noticed).some((id) => !known.has(id))
    this.#noticed.clear()
    if (!isUnknown || this.#windows.isUnasked) return
    this.#windows.markStale()
    this.#input.events.add('stale')
    this.#settle()
  }

  /** Asks once nothing has moved for a moment. */
  #settle(): void {
    this.#cancel?.()
    this.#cancel = this.#input.clock.after(SETTLE_MS, () => this.#fetchWanted())
  }

  /** Rows far from the view go: what was scrolled past is asked for again when it is seen again. */
  #forgetPassed(): void {
    if (!this.#wanted || this.#rows.size < KEPT_ROWS) return
    const { view, first, last } = this.#wanted
    this.#windows.forget(this.#base(view.total), first, last)
    this.#dropUnheld()
  }

  #dropUnheld(): void {
    const held = new Set(Array.from(this.#windows.entries(), (entry) => entry.emailId))
    for (const id of this.#rows.keys()) if (!held.has(id)) this.#rows.delete(id)
  }

  #read(ids: readonly EmailId[]): Promise<readonly (ThreadRow | undefined)[]> {
    const { account, query, rows } = this.#input
    return rows ? rows(ids) : account.replica.rows(query, ids)
  }

  #base(total: number | undefined): number {
    return this.total(total) ?? 0
  }

  #fetchWanted(): void {
    const wanted = this.#wanted
    if (!wanted || this.#hasFailed) return
    const { view, first, last, ahead } = wanted
    const now = this.#input.clock.monotonic()
    const inView = this.#windows.wanted(this.#base(view.total), first, last, view.covered)
    // What may be next waits for what is looked at: together they would come later than one of them.
    const isNext = inView.length === 0
    const requests = isNext ? this.#windows.wanted(this.#base(view.total), last, last + ahead, view.covered) : inView
    for (const request of requests) {
      if (this.#inFlight.has(request.key)) continue
      if (this.#windows.isStale(request.key)) {
        const wait = this.#lastReask + REASK_MS - now
        if (wait > 0) {
          this.#cancel?.()
          this.#cancel = this.#input.clock.after(wait, () => this.#fetchWanted())
          continue
        }
        this.#lastReask = now
      }
      void this.#fetch(request, wanted)
    }
  }

  async #fetch(request: FarRequest, { view, first }: Wanted): Promise<void> {
    const { events } = this.#input
    this.#inFlight.add(request.key)
    try {
      let answer = await this.#ask(request, view, first)
      for (let reached = 0; ;) {
        const { total } = answer
        if (total === undefined) {
          this.#giveUpPositions()
          return
        }
        await this.#take(request, answer, total, view)
        events.add('window', { position: answer.position, count: answer.emailIds.length, total })
        // A server may give fewer than were asked for, and the list may be longer by now.
        const position = answer.position + answer.emailIds.length
        const end = Math.min(this.#windows.endOf(request.key, total), total)
        if (position <= reached || position >= end) break
        reached = position
        const { query, account } = this.#input
        answer = await account.port.fetchWindow({ query, position, limit: end - position })
      }
      this.#hasFailed = false
    } catch {
      this.#hasFailed = true
      events.add('window failed', { position: request.position })
    } finally {
      this.#inFlight.delete(request.key)
      if (this.#inFlight.size === 0) this.#judgeNoticed()
      this.#input.changed()
    }
  }

  async #take(request: FarRequest, answer: FetchedWindow, total: number, view: FarView): Promise<void> {
    const rows = await this.#read(answer.emailIds)
    answer.emailIds.forEach((id, index) => {
      const row = rows[index]
      if (row) this.#rows.set(id, sameRow(this.#rows.get(id), row))
    })
    this.#answered = { total: total + (this.#input.stayed?.() ?? 0), beside: view.total }
    this.#windows.put(request, total, answer)
  }

  /** The list ends at its horizon, which the engine now lowers until all is here. */
  #giveUpPositions(): void {
    this.#hasPositions = false
    this.#hasFailed = false
    this.clear()
    this.#input.events.add('no positions')
  }

  /** A stale window is asked by its first visible row, which then keeps its pixel wherever the list has moved to. */
  async #ask(request: FarRequest, view: FarView, first: number): Promise<FetchedWindow> {
    const { query, account, stayed } = this.#input
    const { key, limit: asked } = request
    const extra = Math.min(stayed?.() ?? 0, request.position)
    const [position, limit] = [request.position - extra, asked + extra]
    const row = this.#windows.isStale(key) && first > position ? this.row(view.total, first) : undefined
    if (row) {
      const anchored = { query, anchor: row.emailId, anchorOffset: position - first, limit }
      // The anchor may be gone by now (anchorNotFound): then the position has to do.
      const answer = await account.port.fetchWindow(anchored).catch(() => undefined)
      if (answer) return answer
    }
    return account.port.fetchWindow({ query, position, limit })
  }
}
