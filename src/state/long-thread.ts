/** Conversations of hundreds of letters, all of which would be a frozen page: fetched with the first of them. */
import { isUnread } from '../mail/keywords.ts'
import { foldAbove, LONG, type Line, type Segment } from './thread-fold.ts'
import type { Email, EmailId } from '../jmap/types.ts'
import type { Clock } from '../platform/clock.ts'

/** Of a long run of folded letters so many stand at either end, and no more of those within that nobody has read. */
const endOfRun = 12
/** So many come out of a line of hundreds at once. */
const portion = 40
const atOnce = 5
const everyMs = 60

/** What of a folded line comes out with one press: all, or of hundreds those next to what is read. */
export function unfoldedBy({ emails, isLater }: Line): readonly Email[] {
  if (emails.length <= LONG) return emails
  return isLater ? emails.slice(0, portion) : emails.slice(-portion)
}

/**
 * Long runs of folded letters give way to their ends, to what the reader has unfolded and to some of those unread, with
 * lines between them.
 */
export function shortened(
  segments: readonly Segment[],
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
): readonly Segment[] {
  const lastOpen = segments.findLastIndex((segment) => segment.kind === 'letter' && segment.isOpen)
  const result: Segment[] = []
  let run: Email[] = []
  const finish = (at: number): void => {
    result.push(...ends(run, unfolded, at > lastOpen ? { isLater: true } : {}))
    run = []
  }
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'letter' && !segment.isOpen) {
      run.push(segment.email)
      continue
    }
    finish(index - 1)
    result.push(segment)
  }
  finish(segments.length)
  return result
}

function ends(
  run: readonly Email[],
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
  later: { isLater?: true },
): readonly Segment[] {
  if (run.length <= LONG) return run.map(folded)
  const segments: Segment[] = []
  let line: Email[] = []
  let unread = 0
  for (const [index, email] of run.entries()) {
    const stands =
      Math.min(index, run.length - 1 - index) < endOfRun ||
      unfolded.has(email.id) ||
      (isUnread(email) && (unread += 1) <= endOfRun)
    if (!stands) {
      line.push(email)
      continue
    }
    if (line.length > foldAbove) segments.push({ kind: 'fold', emails: line, ...later })
    else segments.push(...line.map(folded))
    line = []
    segments.push(folded(email))
  }
  return segments
}

function folded(email: Email): Segment {
  return { kind: 'letter', email, isOpen: false }
}

/** Does it to the first few at once, and to the others a few at a time; the returned function ends it. */
export function inPortions<T>(clock: Clock, items: readonly T[], act: (item: T) => void): () => void {
  items.slice(0, atOnce).forEach(act)
  if (items.length <= atOnce) return () => undefined
  let stop = clock.after(everyMs, () => (stop = inPortions(clock, items.slice(atOnce), act)))
  return () => stop()
}
