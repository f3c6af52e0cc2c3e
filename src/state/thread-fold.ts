/** Which letters of a conversation stand open, and which fold into one line (design §6, ThreadView). Pure. */
import { isUnread } from '../mail/keywords.ts'
import type { Email, EmailId } from '../jmap/types.ts'

/** What stands in a conversation from top to bottom: a letter, or a line for several folded ones. */
export type Segment =
  | { readonly kind: 'letter'; readonly email: Email; readonly isOpen: boolean }
  | { readonly kind: 'fold'; readonly emails: readonly Email[]; readonly isLater?: true }

/** More folded letters than this in a row become one line. */
const foldAbove = 3

/** Of more folded letters than this in a row only the ends stand, whatever they are: hundreds would be a frozen page. */
const longRun = 60
/** So many at either end, and no more of those within that nobody has read. */
const endOfRun = 12
/** So many come out of a line of hundreds at once. */
const portion = 40

/** The letter that a conversation opens with: the one asked for, else the first unread, else the last. */
export function firstOpen(emails: readonly Email[], asked: EmailId | null): EmailId | undefined {
  const letter = emails.find((email) => email.id === asked) ?? emails.find(isUnread) ?? emails.at(-1)
  return letter?.id
}

/**
 * Letters after the last open one are not hidden, since they are newer than what is being read, nor unread ones, unless
 * there are dozens of them.
 * `unfolded` holds ids of letters whose line the reader has opened.
 */
export function segmentsOf(
  emails: readonly Email[],
  open: Pick<ReadonlySet<EmailId>, 'has'>,
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
  afterLast: { isLater?: true } = { isLater: true },
): readonly Segment[] {
  const segments: Segment[] = []
  let run: Email[] = []
  const standAlone = (later: { isLater?: true }): void => {
    segments.push(...(run.length > longRun ? ends(run, unfolded, later) : run.map(folded)))
    run = []
  }
  for (const email of emails) {
    if (!open.has(email.id)) {
      run.push(email)
      continue
    }
    if (run.length > foldAbove && !run.some((folded) => isUnread(folded) || unfolded.has(folded.id))) {
      segments.push({ kind: 'fold', emails: run })
      run = []
    } else {
      standAlone({})
    }
    segments.push({ kind: 'letter', email, isOpen: true })
  }
  standAlone(afterLast)
  return segments
}

/** What of a folded line comes out with one press: all, or of hundreds those next to what is read. */
export function unfoldedBy(emails: readonly Email[], isLater?: boolean): readonly Email[] {
  if (emails.length <= longRun) return emails
  return isLater ? emails.slice(0, portion) : emails.slice(-portion)
}

function folded(email: Email): Segment {
  return { kind: 'letter', email, isOpen: false }
}

/** A long run of folded letters: its ends, what the reader has unfolded, some of those unread, and lines between them. */
function ends(
  run: readonly Email[],
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
  later: { isLater?: true },
): readonly Segment[] {
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

/** One letter by itself: what is before it and after it in its conversation is a line each, until the reader opens that. */
export function segmentsAround(
  emails: readonly Email[],
  id: EmailId,
  open: Pick<ReadonlySet<EmailId>, 'has'>,
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
): readonly Segment[] {
  const index = emails.findIndex((email) => email.id === id)
  const letter = emails[index]
  if (!letter) return segmentsOf(emails, open, unfolded)
  const part = (side: readonly Email[], later: { isLater?: true }): readonly Segment[] => {
    if (side.some((email) => open.has(email.id) || unfolded.has(email.id)))
      return segmentsOf(side, open, unfolded, later)
    return side.length > 0 ? [{ kind: 'fold', emails: side, ...later }] : []
  }
  return [
    ...part(emails.slice(0, index), {}),
    { kind: 'letter', email: letter, isOpen: open.has(id) },
    ...part(emails.slice(index + 1), { isLater: true }),
  ]
}

/** The letter before or after `from` in reading order; from nowhere, the first or the last. */
export function neighbour(emails: readonly Email[], from: EmailId | null, delta: 1 | -1): EmailId | undefined {
  const index = emails.findIndex((email) => email.id === from)
  if (index < 0) return (delta > 0 ? emails[0] : emails.at(-1))?.id
  return emails[index + delta]?.id
}
