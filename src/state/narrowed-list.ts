/**
 * A list that leaves something out, is ordered otherwise than newest first, has a row for each message, or goes over all
 * mailboxes. Newest first, what stands above the horizon comes from the rows here and the rest from windows of the server; any other order is
 * the server's as a whole (L1, L4), but for a mailbox that is here as a whole, and offline.
 */
import type { createSubscriber } from 'svelte/reactivity'
import { LateFarRows } from './late-far-rows.ts'
import { ListEvents } from './list-events.ts'
import { ListMatches } from './list-matches.ts'
import { coalesce } from './coalesce.ts'
import type { EmailListInput } from './email-list.svelte.ts'
import type { MailList } from './mail-list.ts'
import { MatchedRows } from './matched-rows.ts'
import type { OpenAccount } from './open-account.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import { FLAGGED, queryId, type ListQuery, type RowKey, type ThreadRow } from '../mail/list.ts'
import { isNewestFirst, parseNarrowing } from '../mail/narrowing.ts'
import type { ChangeNotice } from '../replica/replica.ts'

/** As in EmailList: rows with heads for their days, and skeletons before the first sync. */
const GAPLESS = 200
const FIRST_ROWS = 8

export interface NarrowedListInput extends EmailListInput {
  /** Svelte's, handed in: if this chunk asked for it by itself, the first script would fall in two. */
  readonly subscriber: typeof createSubscriber
}

export class NarrowedList implements MailList {
  readonly query: ListQuery
  readonly key: string
  readonly hasDays: boolean
  readonly #account: OpenAccount
  readonly #matches: ListMatches
  readonly #far: LateFarRows
  readonly #isByRows: boolean
  readonly #track: () => void
  #update: () => void = () => undefined
  #isLoaded = false
  /** What stands in the list by itself, from its top. */
  readonly #near: MatchedRows
  /** What changed since the last look; undefined: everything may have. */
  #changedThreads: Set<ThreadId> | undefined
  /** The server's count, moved by what rows told since; undefined until it was asked. */
  #count: { readonly total: number; readonly covered: number } | undefined
  #view = { first: 0, last: 0 }
  #isHeld = false
  #isDirty = false
  #wasOffline: boolean
  #revision = 0

  constructor({ account, query, clock, subscriber }: NarrowedListInput) {
    this.#account = account
    this.query = query
    this.key = queryId(query)
    const narrowing = parseNarrowing(query.narrow)
    this.hasDays = narrowing.sort === 'receivedAt'
    this.#isByRows = isNewestFirst(narrowing) && !narrowing.to
    this.#wasOffline = this.#isOffline
    this.#matches = new ListMatches(account.replica, query)
    this.#near = new MatchedRows(account.replica, query)
    const matches = this.#matches
    this.#far = new LateFarRows({
      account,
      rows: (ids) => this.#near.standingFor(ids),
      get query() {
        return matches.asked
      },
      clock,
      events: new ListEvents(() => clock.now()),
      stayed: () => this.#near.stayed,
      changed: () => this.#didAnswer(),
    })
    this.#track = subscriber((update) => {
      this.#update = update
      void this.#look()
      const stop = [
        account.replica.subscribe((notice) => this.#notice(notice)),
        account.port.onStatus(() => this.#statusChanged()),
      ]
      return () => {
        this.#update = () => undefined
        // Nobody followed what happens from now on.
        this.#changedThreads = undefined
        for (const each of stop) each()
        this.#far.stop()
      }
    })
  }

  get revision(): number {
    this.#track()
    return this.#revision
  }

  get isLoaded(): boolean {
    this.#track()
    return this.#isLoaded
  }

  get isFirstSync(): boolean {
    this.#track()
    const { phase, syncedAt } = this.#account.port.status
    return this.#matches.after === undefined && syncedAt === undefined && phase !== 'error' && !this.#isOffline
  }

  get isPartial(): boolean {
    this.#track()
    return this.#isOffline && !this.#isWhole && !this.#isByRows
  }

  get length(): number {
    this.#track()
    if (!this.#isLoaded) return 0
    if (this.#isWhole || this.#isOffline) return this.#near.length
    if (this.isFirstSync) return FIRST_ROWS
    const total = this.#latestTotal
    // Until the server has counted, one row says that there may be more.
    return total === undefined ? this.#near.length + 1 : Math.max(total, this.#near.length)
  }

  get total(): number | undefined {
    this.#track()
    return this.#isWhole ? this.#near.length : this.#latestTotal
  }

  get gapless(): number {
    this.#track()
    if (!this.hasDays) return 0
    let length = 0
    while (length < GAPLESS && this.#near.row(length)) length += 1
    return length
  }

  get islandsFrom(): MailList['islandsFrom'] {
    this.#track()
    if (!this.#isOffline || this.#isWhole || !this.#isByRows) return undefined
    return { position: this.#near.firstOf((match) => !this.#matches.isAbove(match)), missing: undefined }
  }

  get hasFailed(): boolean {
    this.#track()
    return this.#far.hasFailed
  }

  row(position: number): ThreadRow | undefined {
    this.#track()
    if (position < this.#near.length) return this.#near.row(position)
    return this.#asksServer ? this.#far.row(this.#total, position) : undefined
  }

  positionOf(key: RowKey): number {
    this.#track()
    return this.#near.positionOf(key) ?? (this.#asksServer ? this.#far.positionOf(this.#total, key) : -1)
  }

  async find(key: RowKey): Promise<number | undefined> {
    await this.#look()
    const position = this.positionOf(key)
    return position < 0 ? undefined : position
  }

  attention(): readonly EmailId[] {
    const { first, last } = this.#view
    const positions = Array.from({ length: 2 * (last - first + 1) }, (_, index) => first + index)
    return positions.flatMap((position) => this.row(position)?.emailId ?? [])
  }

  observe(first: number, last: number): void {
    this.#view = { first, last }
    if (!this.#isLoaded) return
    void this.#readRows(this.#near.missing(this.#near.around(first, last)))
    if (this.#asksServer && !this.isFirstSync) {
      this.#far.want({ total: this.#total, covered: this.#near.length }, first, last, last - first + 1)
    }
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld && this.#isDirty) void this.#look()
  }

  reread(): Promise<void> {
    return this.#look()
  }

  retry(): void {
    this.#far.retry()
    this.observe(this.#view.first, this.#view.last)
  }

  get #isOffline(): boolean {
    return this.#account.port.status.phase === 'offline'
  }

  get #isWhole(): boolean {
    const { after, counted, isLooking } = this.#matches
    return after === null && !(isLooking && counted !== undefined)
  }

  get #asksServer(): boolean {
    return !this.#isWhole && !this.#isOffline
  }

  get #total(): number | undefined {
    const { counted } = this.#matches
    // A list is never shorter than its known part: counts come in another answer than rows.
    if (counted !== undefined) return Math.max(counted, this.#near.length)
    return this.#count && this.#count.total + this.#near.length - this.#count.covered
  }

  /** A mailbox's count may be older than a window's answer. */
  get #latestTotal(): number | undefined {
    return this.#matches.counted === undefined ? this.#total : this.#far.total(this.#total)
  }

  #notice(notice: ChangeNotice): void {
    const { mailboxId } = this.query
    const { lists = [], threadIds = [] } = notice
    // A pending move shows here what the base has elsewhere.
    const isOurs = lists.some((id) => mailboxId === FLAGGED || id === mailboxId) || this.#matches.holds(threadIds)
    if (notice.all) {
      this.#far.clear()
      this.#count = undefined
      this.#changedThreads = undefined
    } else if (!isOurs && notice.outbox !== true && !(notice.mailboxes && this.#matches.counted !== undefined)) return
    else {
      for (const id of threadIds) this.#changedThreads?.add(id)
      // Whatever else is written with it, and in whichever mailbox it is done: messages stand in several.
      if (notice.anyRow) this.#changedThreads = undefined
      if (isOurs && notice.mailboxes) this.#far.counted()
      if (isOurs) this.#far.noticed(notice.emailIds ?? [], () => this.#near.rows())
    }
    void this.#look()
  }

  #statusChanged(): void {
    if (this.#isOffline === this.#wasOffline) return
    this.#wasOffline = this.#isOffline
    if (!this.#isOffline) this.#far.retry()
    this.#arrange()
    void this.#look()
  }

  /** Follows what changed, then reads the rows on screen anew. */
  readonly #look = coalesce(async () => {
    if (this.#isHeld) {
      this.#isDirty = true
      return
    }
    this.#isDirty = false
    const threads = this.#changedThreads
    this.#changedThreads = new Set()
    if (!threads || !(await this.#matches.update(threads))) await this.#matches.scan(() => this.#arrange())
    this.#arrange()
    const { first, last } = this.#view
    const shown = this.#near.around(first, last)
    const top = this.#near.ids(0, this.gapless - 1)
    await Promise.all([
      this.#readRows([...new Set([...top, ...shown])]),
      this.#far.isEmpty ? undefined : this.#far.reread(threads),
    ])
    this.#changed()
    this.observe(first, last)
  })

  /** Which matches stand in the list by themselves. */
  #arrange(): void {
    const { all } = this.#matches
    this.#near.arrange(
      !this.#asksServer ? all : this.#isByRows ? all.filter((match) => this.#matches.isAbove(match)) : [],
    )
    this.#isLoaded = true
    this.#changed()
  }

  async #readRows(ids: readonly EmailId[]): Promise<void> {
    if (ids.length === 0) return
    await this.#near.read(ids)
    this.#changed()
  }

  #didAnswer(): void {
    const total = this.#far.total(this.#total)
    if (total !== undefined && total !== this.#total && this.#matches.counted === undefined) {
      this.#count = { total, covered: this.#near.length }
    }
    this.#changed()
  }

  #changed(): void {
    this.#revision += 1
    this.#update()
  }
}
