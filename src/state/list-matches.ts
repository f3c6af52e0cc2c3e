/**
 * Which of the messages here a list shows, one for each conversation unless it does not collapse threads: found by one
 * look at all rows of its mailboxes, a stretch at a time, and kept by looking again at conversations that changed. Knows
 * no server.
 */
import type { Email, MailboxId, ThreadId } from '../jmap/types.ts'
import { millisOf } from '../mail/compare.ts'
import { isMarkedDeleted } from '../mail/deleted.ts'
import { FLAGGED, isPassedOver, type ListQuery, type RowKey, type RowMessage, type ThreadRow } from '../mail/list.ts'
import { comparator, matchesRest, mayMatch, parseNarrowing, toFilter, toSort } from '../mail/narrowing.ts'
import type { ReplicaReads } from '../replica/replica.ts'
import { stretches } from './list-stretches.ts'

/** Rows below the horizon, which only show what is here while there is no server to ask. */
const ISLANDS = 500
/** With more changed conversations than this, or than a tenth of the list, looking at all rows is as quick. */
const FEW = 30

type Found = Pick<Email, 'id' | 'threadId' | 'receivedAt' | 'from' | 'subject' | 'size'>

export interface Match extends Found {
  readonly key: RowKey
  /** False: it matched when it was shown, and stays until the list is left (L6). */
  readonly isCurrent: boolean
}

/** What a look has come by. */
interface Look {
  readonly threads: Set<ThreadId>
  /** Keys of what is in the list's mailboxes, whether it matches or not. */
  readonly here: Set<RowKey>
  readonly found: Map<RowKey, Match>
}

export class ListMatches {
  readonly #replica: ReplicaReads
  readonly #query: ListQuery
  readonly #narrowing: ReturnType<typeof parseNarrowing>
  readonly #compare: ReturnType<typeof comparator>
  readonly #isCollapsed: boolean
  /** What rows know of their messages is enough to find and to order them. */
  readonly #isByRows: boolean
  #scope: ReadonlySet<MailboxId> = new Set()
  #passedOver: readonly MailboxId[] = []
  #after: string | null | undefined
  /** While a first look is under way: how far down messages are sure to have been found. */
  #reached: string | undefined
  #counted: number | undefined
  #found = new Map<RowKey, Match>()
  #sorted: readonly Match[] | undefined

  constructor(replica: ReplicaReads, query: ListQuery) {
    this.#replica = replica
    this.#query = query
    this.#narrowing = parseNarrowing(query.narrow)
    this.#compare = comparator(this.#narrowing)
    this.#isCollapsed = query.collapseThreads !== false
    const { sort, filters, to } = this.#narrowing
    this.#isByRows = sort === 'receivedAt' && !filters.includes('attachment') && !to
  }

  /** The query as the server is asked. */
  get asked(): ListQuery {
    return { ...this.#query, filter: toFilter(this.#query, this.#passedOver), sort: toSort(this.#query) }
  }

  /** The horizon of all its mailboxes together (L1). */
  get after(): string | null | undefined {
    return this.#after
  }

  get isLooking(): boolean {
    return this.#reached !== undefined
  }

  /** How many the server has, where nobody needs to be asked for it: the messages of a mailbox as it is (L5). */
  get counted(): number | undefined {
    return this.#counted
  }

  /** In the list's order. */
  get all(): readonly Match[] {
    this.#sorted ??= [...this.#found.values()].filter((match) => isLater(match, this.#reached)).sort(this.#compare)
    return this.#sorted
  }

  holds(threadIds: readonly ThreadId[]): boolean {
    return threadIds.length > 0 && [...this.#found.values()].some(({ threadId }) => threadIds.includes(threadId))
  }

  isAbove(match: Match): boolean {
    if (this.#after === null || this.#after === undefined) return this.#after === null
    return isLater(match, this.#after)
  }

  /** Looks at everything. `didLook` is told whenever twice as much was found, in its final order. */
  async scan(didLook: () => void): Promise<void> {
    await this.#count()
    const scope = await this.#scopeNow()
    this.#scope = new Set(scope)
    const before = this.#found
    const look: Look = { threads: new Set(), here: new Set(), found: new Map() }
    let after: string | null | undefined = null
    let told = before.size === 0 && scope.length === 1 ? 0 : Infinity
    for (const mailboxId of scope) {
      let horizon: string | null | undefined
      for await (const { window, isLast } of stretches(this.#replica, this.#of(mailboxId))) {
        horizon = window.after
        await this.#judge(window.rows, look)
        if (isLast || look.threads.size < 2 * told) continue
        told = look.threads.size
        // Older messages of what was seen may belong between those of what was not.
        if (!this.#isCollapsed) this.#reached = window.rows.at(-1)?.receivedAt
        this.#publish(look.found, horizon, didLook)
      }
      after = higher(after, horizon)
      if (horizon !== null) await this.#judge(await this.#replica.islands(this.#of(mailboxId), ISLANDS), look)
    }
    for (const [key, match] of before) {
      if (look.here.has(key) && !look.found.has(key)) look.found.set(key, { ...match, isCurrent: false })
    }
    this.#reached = undefined
    this.#publish(look.found, after, didLook)
  }

  /** Looks at these conversations again. False: everything has to be looked at. */
  async update(threadIds: ReadonlySet<ThreadId>): Promise<boolean> {
    if (this.#scope.size === 0 || threadIds.size > Math.max(FEW, this.#found.size / 10)) return false
    const scope = await this.#scopeNow()
    if (scope.length !== this.#scope.size || !scope.every((id) => this.#scope.has(id))) return false
    let after: string | null | undefined = null
    for (const mailboxId of this.#scope) {
      after = higher(after, (await this.#replica.listWindow(this.#of(mailboxId), 0, 1)).after)
    }
    // What is between a horizon and a lower one was written with that. A higher one takes back what was claimed.
    if (higher(after, this.#after) !== this.#after) return false
    this.#after = after
    await this.#count()
    if (threadIds.size === 0) return true
    const before = [...this.#found.values()].filter((match) => threadIds.has(match.threadId))
    for (const { key } of before) this.#found.delete(key)
    for (const threadId of threadIds) {
      const emails = (await this.#replica.thread(threadId))?.emails ?? []
      this.#take(emails, this.#found)
      const ids = new Set(emails.map(({ id }) => id))
      const here = this.#keysOf(threadId, emails)
      for (const match of before) {
        // The message that stood for a conversation may have died with a merge.
        if (!here.has(match.key) || !ids.has(match.id) || this.#found.has(match.key)) continue
        this.#found.set(match.key, { ...match, isCurrent: false })
      }
    }
    this.#sorted = undefined
    return true
  }

  #publish(found: Map<RowKey, Match>, after: string | null | undefined, didLook: () => void): void {
    this.#found = found
    this.#after = after
    this.#sorted = undefined
    didLook()
  }

  async #count(): Promise<void> {
    const { mailboxId, narrow, hidesDeleted } = this.#query
    if (this.#isCollapsed || narrow || hidesDeleted || mailboxId === FLAGGED) return
    this.#counted = (await this.#replica.mailboxes()).find(({ id }) => id === mailboxId)?.totalEmails
  }

  /** What is moved from one mailbox to the next as a whole stands in one of them, in Flagged. */
  #of(mailboxId: MailboxId): ListQuery {
    return this.#query.mailboxId === FLAGGED ? { mailboxId, isRaw: true } : { mailboxId }
  }

  async #scopeNow(): Promise<readonly MailboxId[]> {
    const { mailboxId } = this.#query
    if (mailboxId !== FLAGGED) return [mailboxId]
    const all = await this.#replica.mailboxes()
    this.#passedOver = all.filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
    return all.filter(({ role }) => !isPassedOver(role)).map(({ id }) => id)
  }

  /** Rows know their messages' keywords and mailboxes; only those that may match are read whole, if at all. */
  async #judge(rows: readonly ThreadRow[], { threads, here, found }: Look): Promise<void> {
    const fresh = rows.filter((row) => !threads.has(row.threadId))
    for (const { threadId, messages } of fresh) {
      threads.add(threadId)
      for (const key of this.#keysOf(threadId, messages)) here.add(key)
      if (this.#isByRows) this.#put(messages.filter((message) => this.#may(message)).map(toFound(threadId)), found)
    }
    if (this.#isByRows) return
    const ids = fresh.flatMap((row) => row.messages.filter((message) => this.#may(message)).map(({ id }) => id))
    const emails = Map.groupBy(ids.length > 0 ? await this.#replica.emails(ids) : [], (email) => email?.threadId)
    for (const thread of emails.values())
      this.#take(
        thread.flatMap((email) => email ?? []),
        found,
      )
  }

  #take(thread: readonly Email[], found: Map<RowKey, Match>): void {
    this.#put(
      thread.filter((email) => this.#may(email) && matchesRest(email, this.#narrowing)),
      found,
    )
  }

  /** The first in the list's order stands for its conversation (RFC 8621 §4.4.3), or each for itself. */
  #put(matches: readonly Found[], found: Map<RowKey, Match>): void {
    const standing = this.#isCollapsed ? [...matches].sort(this.#compare).slice(0, 1) : matches
    for (const { id, threadId, receivedAt, from, subject, size } of standing) {
      const key = this.#isCollapsed ? threadId : id
      found.set(key, { key, id, threadId, receivedAt, from, subject, size, isCurrent: true })
    }
  }

  /** What of a conversation is in the list's mailboxes; what is hidden leaves at once, for nobody did that here. */
  #keysOf(
    threadId: ThreadId,
    messages: readonly Pick<RowMessage, 'id' | 'mailboxIds' | 'keywords'>[],
  ): ReadonlySet<RowKey> {
    const here = messages.filter(
      (message) =>
        !(this.#query.hidesDeleted && isMarkedDeleted(message)) &&
        (Object.keys(message.mailboxIds) as MailboxId[]).some((id) => this.#scope.has(id)),
    )
    return new Set(here.map(({ id }) => (this.#isCollapsed ? threadId : id)))
  }

  #may(message: Pick<RowMessage, 'keywords' | 'mailboxIds'>): boolean {
    return mayMatch(message, this.#narrowing, this.#scope, this.#query)
  }
}

/** Of what a row knows; by the rest of it nothing is ordered that is found by rows. */
function toFound(threadId: ThreadId): (message: RowMessage) => Found {
  return ({ id, receivedAt }) => ({ id, threadId, receivedAt, from: null, subject: null, size: 0 })
}

function isLater({ receivedAt }: Match, than: string | undefined): boolean {
  return than === undefined || millisOf(receivedAt) > millisOf(than)
}

/** Of two horizons the one above which both hold. */
function higher(a: string | null | undefined, b: string | null | undefined): string | null | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a === null || b === null) return a ?? b
  return millisOf(a) > millisOf(b) ? a : b
}
