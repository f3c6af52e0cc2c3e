/** Which letters of a conversation stand open, and which fold into one line (design §6, ThreadView). Pure. */
import { isUnread } from '../mail/keywords.ts'
import type { Email, EmailId } from '../jmap/types.ts'

/** What stands in a conversation from top to bottom: a letter, or a line for several folded ones. */
export type Segment =
  { readonly kind: 'letter'; readonly email: Email; readonly isOpen: boolean } | ({ readonly kind: 'fold' } & Line)

/** Folded letters, of those after the one that stands by itself or of hundreds after what is read `isLater`. */
export interface Line {
  readonly emails: readonly Email[]
  readonly isLater?: true
}

/** More folded letters than this in a row become one line. */
export const foldAbove = 3
/** Conversations of more letters are folded once more, and runs of more (`long-thread.ts`). */
export const LONG = 60

/** The letter that a conversation opens with: the one asked for, else the first unread, else the last. */
export function firstOpen(emails: readonly Email[], asked: EmailId | null): EmailId | undefined {
  const letter = emails.find((email) => email.id === asked) ?? emails.find(isUnread) ?? emails.at(-1)
  return letter?.id
}

/**
 * Letters after the last open one are never hidden: they are newer than what is being read. Unread ones neither.
 * `unfolded` holds ids of letters whose line the reader has opened.
 */
export function segmentsOf(
  emails: readonly Email[],
  open: Pick<ReadonlySet<EmailId>, 'has'>,
  unfolded: Pick<ReadonlySet<EmailId>, 'has'>,
): readonly Segment[] {
  const segments: Segment[] = []
  let run: Email[] = []
  const standAlone = (): void => {
    segments.push(...run.map((email): Segment => ({ kind: 'letter', email, isOpen: false })))
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
      standAlone()
    }
    segments.push({ kind: 'letter', email, isOpen: true })
  }
  standAlone()
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
    if (side.some((email) => open.has(email.id) || unfolded.has(email.id))) return segmentsOf(side, open, unfolded)
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
