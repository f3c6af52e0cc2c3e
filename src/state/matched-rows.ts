/**
 * The part of a list that is known here, from its top: its matches in order, and the rows in which they stand for their
 * conversations, each for its own, whatever is the newest of the mailbox; or for themselves alone.
 */
import type { EmailId } from '../jmap/types.ts'
import type { Match } from './list-matches.ts'
import { FLAGGED, type ListQuery, type RowKey, type ThreadRow } from '../mail/list.ts'
import { toRow, toRowMessage } from '../mail/thread-rows.ts'
import { sameRow } from '../mail/same-row.ts'
import type { ReplicaReads } from '../replica/replica.ts'

/** A low window has more rows rendered beyond its edges than it shows. */
const LEAST_AROUND = 8

export class MatchedRows {
  readonly #replica: ReplicaReads
  readonly #query: ListQuery
  #matches: readonly Match[] = []
  #positions = new Map<RowKey, number>()
  readonly #rows = new Map<EmailId, ThreadRow>()
  readonly #asked = new Set<EmailId>()

  constructor(replica: ReplicaReads, query: ListQuery) {
    this.#replica = replica
    this.#query = query
  }

  arrange(matches: readonly Match[]): void {
    this.#matches = matches
    this.#positions = new Map(matches.map((match, position) => [match.key, position]))
  }

  get length(): number {
    return this.#matches.length
  }

  /** Those that the server would not count any more (L6). */
  get stayed(): number {
    return this.#matches.filter((match) => !match.isCurrent).length
  }

  row(position: number): ThreadRow | undefined {
    const match = this.#matches[position]
    return match && this.#rows.get(match.id)
  }

  positionOf(key: RowKey): number | undefined {
    return this.#positions.get(key)
  }

  /** The first position for whose match this holds; the length for none. */
  firstOf(holds: (match: Match) => boolean): number {
    const position = this.#matches.findIndex(holds)
    return position < 0 ? this.length : position
  }

  ids(first: number, last: number): readonly EmailId[] {
    return this.#matches.slice(Math.max(0, first), Math.max(0, last + 1)).map((match) => match.id)
  }

  /** Of these positions, and of a screen to either side. */
  around(first: number, last: number): readonly EmailId[] {
    const more = Math.max(LEAST_AROUND, last - first + 1)
    return this.ids(first - more, last + more)
  }

  /** Those that stand here and were read: one that was read before it left may come back below the horizon. */
  rows(): readonly ThreadRow[] {
    return this.#matches.flatMap((match) => this.#rows.get(match.id) ?? [])
  }

  /** Those that were never read. */
  missing(ids: readonly EmailId[]): readonly EmailId[] {
    return ids.filter((id) => !this.#asked.has(id))
  }

  /** Reads them anew. */
  async read(ids: readonly EmailId[]): Promise<void> {
    for (const id of ids) this.#asked.add(id)
    // A replica that was closed meanwhile has no rows to show any more.
    const rows = await this.standingFor(ids).catch(() => [])
    for (const row of rows) if (row) this.#rows.set(row.emailId, sameRow(this.#rows.get(row.emailId), row))
  }

  /** In the order given; undefined for a message that is not here, or is known to have left the mailbox. */
  async standingFor(ids: readonly EmailId[]): Promise<readonly (ThreadRow | undefined)[]> {
    const { mailboxId, collapseThreads } = this.#query
    const emails = await this.#replica.emails(ids)
    return Promise.all(
      emails.map(async (email) => {
        if (!email || !(mailboxId === FLAGGED || Object.hasOwn(email.mailboxIds, mailboxId))) return undefined
        if (collapseThreads === false) {
          return { ...toRow(mailboxId, email, [toRowMessage(email)], 1), isSingle: true }
        }
        const detail = await this.#replica.thread(email.threadId)
        const messages = (detail?.emails ?? [email]).map(toRowMessage)
        return toRow(mailboxId, email, messages, Math.max(detail?.thread.emailIds.length ?? 0, messages.length))
      }),
    )
  }
}
