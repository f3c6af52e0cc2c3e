/**
 * What a search finds: conversations kept here at once, those of the server page by page. Fixed to its query for life,
 * like a mailbox's list. Hits stand newest first, but what the reader is looking at stays where it is.
 */
import { createSubscriber } from 'svelte/reactivity'
import { mergeHits, readHitRows, showsTerms } from './hit-rows.ts'
import { coalesce } from './coalesce.ts'
import type { FoundRow } from './hit-rows.ts'
import type { OpenAccount } from './open-account.ts'
import type { FoundOnServer, RowList } from './row-list.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { RowKey, ThreadRow } from '../mail/list.ts'
import { searchTerms } from '../mail/search-query.ts'
import type { SearchQuery } from '../mail/search-query.ts'
import type { Clock } from '../platform/clock.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import type { Hits, HitsRequest } from '../sync/engine-port.ts'

/** The server is asked when the typing rests, or at once when the reader says so. */
const REST_MS = 250
const MOST_HERE = 300
const PAGE = 50

export interface SearchResultsInput {
  readonly account: OpenAccount
  readonly query: SearchQuery
  readonly clock: Clock
  /** The search that this one goes on from: what it shows and answers this one too is here at once. */
  readonly before?: SearchResults | undefined
}

/** How far the server is: it will be asked, is being asked, said what it has so far, or did not answer. */
type Asking =
  | { readonly kind: 'waiting' | 'asking' | 'failed' }
  | { readonly kind: 'answered'; readonly total: number | undefined; readonly next: number | null }

export class SearchResults implements RowList {
  readonly hasDays = false
  readonly gapless = 0
  readonly islandsFrom = undefined
  readonly key: string
  readonly query: SearchQuery
  readonly terms: readonly string[]
  /** Whether the reader points at the rows or has the focus on one: then those on screen keep their places. */
  isWatched: () => boolean = () => false
  readonly #input: SearchResultsInput
  readonly #track: () => void
  #update: () => void = () => undefined
  #entries: readonly FoundRow[] = []
  #asking: Asking = { kind: 'waiting' }
  /** By conversation the message that the server named. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it changes with the entries, whose changes are told
  readonly #named = new Map<RowKey, EmailId>()
  /** How many conversations the server finds, whatever becomes of further questions. */
  #whole: number | undefined
  #here: 'unread' | 'read' | 'failed' = 'unread'
  #isAskingMore = false
  #findsWholeWords = false
  #view = { first: 0, last: -1 }
  #wasOffline = false
  #revision = 0
  #cancel: () => void = () => undefined

  constructor(input: SearchResultsInput) {
    const { account, query, clock, before } = input
    // Not the search before: those before it would all be kept.
    this.#input = { account, query, clock }
    this.query = query
    this.key = `search ${account.info.key} ${query.text}`
    this.terms = searchTerms(query)
    if (before) this.#entries = before.#entries.filter((entry) => showsTerms(entry, this.terms)).map(unmarked)
    this.#track = createSubscriber((update) => {
      this.#update = update
      this.#begin()
      const stop = [
        account.replica.subscribe((notice) => this.#notice(notice)),
        account.port.onStatus(() => this.#statusChanged()),
      ]
      return () => {
        this.#update = () => undefined
        this.#cancel()
        for (const each of stop) each()
      }
    })
  }

  get revision(): number {
    this.#track()
    return this.#revision
  }

  get isLoaded(): boolean {
    this.#track()
    return this.#here !== 'unread' || this.#entries.length > 0 || this.#asking.kind === 'answered'
  }

  /** The server has not answered, or what is here is still being looked through. */
  get isFirstSync(): boolean {
    this.#track()
    const { kind } = this.#asking
    return kind !== 'answered' && kind !== 'failed' && !(this.isOffline && this.#here !== 'unread')
  }

  get isOffline(): boolean {
    this.#track()
    return this.#input.account.port.status.phase === 'offline'
  }

  /** The server was asked, and did not or could not answer. */
  get hasFailed(): boolean {
    this.#track()
    return this.#asking.kind === 'failed'
  }

  /** What is kept here could not be looked through: its code has not arrived. */
  get hasHereFailed(): boolean {
    this.#track()
    return this.#here === 'failed'
  }

  get findsWholeWords(): boolean {
    this.#track()
    return this.#findsWholeWords
  }

  /** How many conversations are known to be found. */
  get found(): number {
    this.#track()
    const total = this.#asking.kind === 'answered' ? this.#asking.total : undefined
    return Math.max(this.#entries.length, total ?? 0)
  }

  get length(): number {
    this.#track()
    // One row says that there is more.
    return this.#entries.length + (this.#next === null ? 0 : 1)
  }

  get total(): number | undefined {
    this.#track()
    return this.#next === null && !this.isFirstSync ? this.#entries.length : undefined
  }

  get atServer(): FoundOnServer | undefined {
    this.#track()
    if (this.#whole === undefined) return undefined
    return {
      total: this.#whole,
      query: this.query,
      has: (key) => this.#named.has(key),
      messages: () =>
        this.#entries.flatMap(({ row }) => row.messages.filter(({ id }) => this.#named.get(row.threadId) === id)),
    }
  }

  row(position: number): ThreadRow | undefined {
    this.#track()
    return this.#entries[position]?.row
  }

  /** What was found of a conversation, with the server's marks. */
  entry(threadId: ThreadId): FoundRow | undefined {
    return this.#entries[this.positionOf(threadId)]
  }

  positionOf(threadId: RowKey): number {
    this.#track()
    return this.#entries.findIndex((entry) => entry.row.threadId === threadId)
  }

  /** Representatives in view, then those of the next screen. */
  attention(): readonly EmailId[] {
    const { first, last } = this.#view
    return this.#entries.slice(first, last + (last - first) + 2).map(({ row }) => row.emailId)
  }

  observe(first: number, last: number): void {
    this.#view = { first, last }
    const next = this.#next
    if (next !== null && last + (last - first) >= this.#entries.length) void this.#askMore(next)
  }

  /** The end moves only as rows come, one page at a time: nothing has to be held. */
  hold(): void {
    return
  }

  /** The reader has said what to search for, or asks again after a failure. */
  ask(): void {
    if (this.#here === 'failed') void this.#askHere()
    if (this.#asking.kind === 'waiting' || this.#asking.kind === 'failed') void this.#askServer()
  }

  /** Reads the rows anew; resolves when they show every change that was committed before. */
  readonly reread = coalesce(async () => {
    const before = this.#entries
    const rows = await readHitRows(
      this.#input.account,
      before.map((entry) => entry.hit),
    )
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- lives as long as this call
    const now = new Map(rows.map((entry) => [entry.row.threadId, entry]))
    // What was merged meanwhile was read later than this.
    const entries = this.#entries.flatMap((old) => (before.includes(old) ? (now.get(old.row.threadId) ?? []) : old))
    this.#set(entries)
  })

  get #next(): number | null {
    return this.#asking.kind === 'answered' ? this.#asking.next : null
  }

  #begin(): void {
    this.#wasOffline = this.isOffline
    if (this.#asking.kind === 'waiting' && !this.isOffline)
      this.#cancel = this.#input.clock.after(REST_MS, () => this.ask())
    if (this.#here === 'read') void this.reread()
    else void this.#askHere()
  }

  async #askHere(): Promise<void> {
    try {
      await this.#fetch({ from: 'here', position: 0, limit: MOST_HERE })
      this.#here = 'read'
    } catch {
      // The server is asked all the same; and this device again when the reader asks, or the server is back.
      this.#here = 'failed'
    }
    this.#changed()
  }

  async #askServer(): Promise<void> {
    this.#cancel()
    this.#say({ kind: 'asking' })
    try {
      this.#answered(await this.#fetch({ from: 'server', position: 0, limit: PAGE }))
    } catch {
      // Offline it is asked when the server is back.
      this.#say({ kind: this.isOffline ? 'waiting' : 'failed' })
    }
  }

  async #askMore(position: number): Promise<void> {
    if (this.#isAskingMore || this.isOffline) return
    this.#isAskingMore = true
    const page = await this.#fetch({ from: 'server', position, limit: PAGE }).catch(() => undefined)
    this.#isAskingMore = false
    if (page) this.#answered(page)
    else this.#say({ kind: 'failed' })
  }

  #answered({ total, next }: Pick<Hits, 'total' | 'next'>): void {
    this.#whole = total ?? (next === null ? this.#named.size : undefined)
    this.#say({ kind: 'answered', total, next })
    // A screen may want more than one page.
    this.observe(this.#view.first, this.#view.last)
  }

  async #fetch(request: Omit<HitsRequest, 'query'>): Promise<Hits> {
    const { account } = this.#input
    const answer = await account.port.fetchHits({ ...request, query: this.query })
    const rows = await readHitRows(account, answer.hits)
    if (request.from === 'server') for (const { threadId, emailId } of answer.hits) this.#named.set(threadId, emailId)
    this.#findsWholeWords ||= answer.findsWholeWords
    this.#set(mergeHits(this.#entries, rows, this.isWatched() ? this.#view.last + 1 : 0))
    return answer
  }

  #notice({ all, emailIds, outbox, mailboxes }: ChangeNotice): void {
    if (all ?? outbox ?? mailboxes ?? (emailIds && this.#entries.length > 0)) void this.reread()
  }

  #statusChanged(): void {
    if (this.isOffline === this.#wasOffline) return
    this.#wasOffline = this.isOffline
    if (!this.isOffline) this.ask()
    this.#changed()
  }

  #say(asking: Asking): void {
    this.#asking = asking
    this.#changed()
  }

  #set(entries: readonly FoundRow[]): void {
    this.#entries = entries
    this.#changed()
  }

  #changed(): void {
    this.#revision += 1
    this.#update()
  }
}

/** The marks of another search are not those of this one. */
function unmarked({ hit, row }: FoundRow): FoundRow {
  return { hit: { ...hit, subject: null, preview: null }, row }
}
