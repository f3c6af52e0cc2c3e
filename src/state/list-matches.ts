/**
 * Which of the messages here a narrowed list shows, one for each conversation: found by one look at all rows of its
 * mailboxes, a stretch at a time, and kept by looking again at conversations that changed. Knows no server.
 */
import type { Email, MailboxId, ThreadId } from '../jmap/types.ts'
import { millisOf } from '../mail/compare.ts'
import { FLAGGED, type ListQuery, type RowMessage, type ThreadRow } from '../mail/list.ts'
import { comparator, isPassedOver, matchesRest, mayMatch, parseNarrowing, toFilter, toSort } from '../mail/narrowing.ts'
import type { ReplicaReads } from '../replica/replica.ts'

/** Rows per look: read and judged within a frame. */
const STRETCH = 200
/** Rows below the horizon, which only show what is here while there is no server to ask. */
const ISLANDS = 500

type Found = Pick<Email, 'id' | 'threadId' | 'receivedAt' | 'from' | 'subject' | 'size'>

export interface Match extends Found {
  /** False: it matched when it was shown, and stays until the list is left (L6). */
  readonly isCurrent: boolean
}

export class ListMatches {
  readonly #replica: ReplicaReads
  readonly #query: ListQuery
  readonly #narrowing: ReturnType<typeof parseNarrowing>
  readonly #compare: ReturnType<typeof comparator>
  #scope: ReadonlySet<MailboxId> = new Set()
  #passedOver: readonly MailboxId[] = []
  #after: string | null | undefined
  #found = new Map<ThreadId, Match>()
  #sorted: readonly Match[] | undefined

  constructor(replica: ReplicaReads, query: ListQuery) {
    this.#replica = replica
    this.#query = query
    this.#narrowing = parseNarrowing(query.narrow)
    this.#compare = comparator(this.#narrowing)
  }

  /** The query as the server is asked. */
  get asked(): ListQuery {
    return { ...this.#query, filter: toFilter(this.#query, this.#passedOver), sort: toSort(this.#query) }
  }

  /** The horizon of all its mailboxes together (L1). */
  get after(): string | null | undefined {
    return this.#after
  }

  /** In the list's order. */
  get all(): readonly Match[] {
    this.#sorted ??= [...this.#found.values()].sort(this.#compare)
    return this.#sorted
  }

  isAbove(match: Match): boolean {
    if (this.#after === null || this.#after === undefined) return this.#after === null
    return millisOf(match.receivedAt) > millisOf(this.#after)
  }

  /** Looks at everything. `didLook` is told after each stretch, once what was found so far is in its final order. */
  async scan(didLook: () => void): Promise<void> {
    const scope = await this.#scopeNow()
    this.#scope = new Set(scope)
    const before = this.#found
    const found = new Map<ThreadId, Match>()
    const seen = new Set<ThreadId>()
    let after: string | null | undefined = null
    const isFirst = before.size === 0 && scope.length === 1
    for (const mailboxId of scope) {
      let isComplete = false
      for (let from = 0, covered = 1; from < covered; from += STRETCH) {
        const window = await this.#replica.listWindow({ mailboxId }, from, STRETCH)
        if (from === 0) after = higher(after, window.after)
        ;({ covered, isComplete } = window)
        await this.#judge(window.rows, seen, found)
        if (isFirst) this.#publish(found, window.after, didLook)
      }
      if (!isComplete) await this.#judge(await this.#replica.islands({ mailboxId }, ISLANDS), seen, found)
    }
    for (const [threadId, match] of before) {
      if (seen.has(threadId) && !found.has(threadId)) found.set(threadId, { ...match, isCurrent: false })
    }
    this.#publish(found, after, didLook)
  }

  /** Looks at these conversations again. False: the horizon moved, and everything has to be looked at. */
  async update(threadIds: Iterable<ThreadId>): Promise<boolean> {
    let after: string | null | undefined = null
    for (const mailboxId of this.#scope) {
      after = higher(after, (await this.#replica.listWindow({ mailboxId }, 0, 1)).after)
    }
    if (after !== this.#after || this.#scope.size === 0) return false
    for (const threadId of threadIds) {
      const emails = (await this.#replica.thread(threadId))?.emails ?? []
      const match = this.#best(emails.filter((email) => this.#may(email)))
      const before = this.#found.get(threadId)
      const isHere = emails.some((email) =>
        Object.keys(email.mailboxIds).some((id) => this.#scope.has(id as MailboxId)),
      )
      if (match) this.#found.set(threadId, match)
      else if (before && isHere) this.#found.set(threadId, { ...before, isCurrent: false })
      else this.#found.delete(threadId)
      // The message that stood for it may have died with a merge of threads.
      if (before && !match && !emails.some(({ id }) => id === before.id)) this.#found.delete(threadId)
    }
    this.#sorted = undefined
    return true
  }

  #publish(found: Map<ThreadId, Match>, after: string | null | undefined, didLook: () => void): void {
    this.#found = found
    this.#after = after
    this.#sorted = undefined
    didLook()
  }

  async #scopeNow(): Promise<readonly MailboxId[]> {
    const { mailboxId } = this.#query
    if (mailboxId !== FLAGGED) return [mailboxId]
    const all = await this.#replica.mailboxes()
    this.#passedOver = all.filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
    return all.filter(({ role }) => !isPassedOver(role)).map(({ id }) => id)
  }

  /** Rows know their messages' keywords and mailboxes; only those that may match are read whole. */
  async #judge(rows: readonly ThreadRow[], seen: Set<ThreadId>, found: Map<ThreadId, Match>): Promise<void> {
    const fresh = rows.filter((row) => !seen.has(row.threadId))
    for (const row of fresh) seen.add(row.threadId)
    const ids = fresh.flatMap((row) => row.messages.filter((message) => this.#may(message)).map(({ id }) => id))
    if (ids.length === 0) return
    const threads = new Map<ThreadId, Email[]>()
    for (const email of await this.#replica.emails(ids)) {
      if (email) threads.set(email.threadId, [...(threads.get(email.threadId) ?? []), email])
    }
    for (const [threadId, emails] of threads) {
      const match = this.#best(emails)
      if (match) found.set(threadId, match)
    }
  }

  #may(message: Pick<RowMessage, 'keywords' | 'mailboxIds'>): boolean {
    return mayMatch(message, this.#narrowing, this.#scope, this.#query.mailboxId)
  }

  /** The first in the list's order stands for its conversation (RFC 8621 §4.4.3). */
  #best(emails: readonly Email[]): Match | undefined {
    const [first] = emails.filter((email) => matchesRest(email, this.#narrowing)).sort(this.#compare)
    if (!first) return undefined
    const { id, threadId, receivedAt, from, subject, size } = first
    return { id, threadId, receivedAt, from, subject, size, isCurrent: true }
  }
}

/** Of two horizons the one above which both hold. */
function higher(a: string | null | undefined, b: string | null | undefined): string | null | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a === null || b === null) return a ?? b
  return millisOf(a) > millisOf(b) ? a : b
}
