/** A mailbox's known rows from its top, stretch by stretch, and none left out though rows come and go meanwhile. */
import type { ListQuery } from '../mail/list.ts'
import type { ListWindow, ReplicaReads } from '../replica/replica.ts'

type Reads = Pick<ReplicaReads, 'listWindow' | 'positionOf'>

interface Stretch {
  readonly window: ListWindow
  readonly isLast: boolean
}

/** Rows per look: read and judged within a frame. */
const STRETCH = 200

/** A row may stand in two of them. */
export async function* stretches(replica: Reads, query: ListQuery): AsyncGenerator<Stretch> {
  let window = await replica.listWindow(query, 0, STRETCH)
  for (;;) {
    const { from, rows, covered } = window
    const isLast = rows.length < 2 || from + rows.length >= covered
    yield { window, isLast }
    if (isLast) return
    window = await following(replica, query, window)
  }
}

/** Begins with the last row of the one before, or the last that still stands in its place among the others. */
async function following(replica: Reads, query: ListQuery, { from, rows }: ListWindow): Promise<ListWindow> {
  const next = await replica.listWindow(query, from + rows.length - 1, STRETCH)
  if (next.rows[0]?.emailId === rows.at(-1)?.emailId) return next
  for (const row of rows.toReversed()) {
    const position = await replica.positionOf(query, row.threadId)
    if (position === undefined) continue
    const window = await replica.listWindow(query, position, STRETCH)
    if (window.rows[0]?.emailId === row.emailId) return window
  }
  return replica.listWindow(query, 0, STRETCH)
}
