/** The rows of what a search found: each as the list of a mailbox shows it, but by the message that was found. */
import type { OpenAccount } from './open-account.ts'
import type { Email, Mailbox, MailboxId, ThreadId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import { foldText, hasTerms } from '../mail/search-query.ts'
import type { Hit } from '../sync/engine-port.ts'

export interface FoundRow {
  readonly hit: Hit
  readonly row: ThreadRow
}

/** Of several mailboxes that hold a message, the one it is named by: never one that is not searched, if there is another. */
const LAST = ['all', 'trash', 'junk']

/** Hits that are gone by now have no row. */
export async function readHitRows({ replica }: OpenAccount, hits: readonly Hit[]): Promise<readonly FoundRow[]> {
  const [emails, mailboxes] = await Promise.all([replica.emails(hits.map((hit) => hit.emailId)), replica.mailboxes()])
  const byMailbox = new Map<MailboxId, Email[]>()
  for (const email of emails) {
    const mailboxId = email && homeOf(email, mailboxes)
    if (mailboxId) byMailbox.set(mailboxId, [...(byMailbox.get(mailboxId) ?? []), email])
  }
  const rows = new Map<ThreadId, ThreadRow>()
  await Promise.all(
    [...byMailbox].map(async ([mailboxId, held]) => {
      const found = await replica.rows(
        { mailboxId },
        held.map((email) => email.id),
      )
      found.forEach((row, index) => {
        const email = held[index]
        if (row && email) rows.set(email.threadId, rowOf(row, email))
      })
    }),
  )
  return hits.flatMap((hit) => {
    const row = rows.get(hit.threadId)
    return row ? { hit, row } : []
  })
}

function homeOf({ mailboxIds }: Email, mailboxes: readonly Mailbox[]): MailboxId | undefined {
  const rank = (id: MailboxId): number => LAST.indexOf(mailboxes.find((mailbox) => mailbox.id === id)?.role ?? '')
  return (Object.keys(mailboxIds) as MailboxId[]).toSorted((a, b) => rank(a) - rank(b))[0]
}

/** The list's row stands for the newest message of the mailbox; here it stands for the one that was found. */
function rowOf(row: ThreadRow, { id, receivedAt, subject, preview, to, hasAttachment, isBulk }: Email): ThreadRow {
  return { ...row, emailId: id, receivedAt, subject, preview, to: to ?? [], hasAttachment, isBulk }
}

/** Whether what a row shows has every term: as good as found, until it is known. */
export function showsTerms({ row }: FoundRow, terms: readonly string[]): boolean {
  const people = [...row.messages.map((message) => message.from), ...row.to]
  const names = people.map((person) => (person ? `${person.name ?? ''} ${person.email}` : ''))
  return terms.length > 0 && hasTerms(foldText([...names, row.subject, row.preview].join(' ')), terms)
}

/** One row per conversation, newest first; but the first `keep` rows stay where they are. */
export function mergeHits(shown: readonly FoundRow[], found: readonly FoundRow[], keep: number): readonly FoundRow[] {
  const news = new Map(found.map((entry) => [entry.row.threadId, entry]))
  const known = shown.map((old) => {
    const entry = news.get(old.row.threadId)
    news.delete(old.row.threadId)
    // What the server found and marked says more than what we found ourselves.
    return entry && (hasMarks(entry) || !hasMarks(old)) ? entry : old
  })
  const rest = [...known.slice(keep), ...news.values()]
  return [...known.slice(0, keep), ...rest.sort((a, b) => (a.row.receivedAt < b.row.receivedAt ? 1 : -1))]
}

function hasMarks({ hit }: FoundRow): boolean {
  return hit.subject !== null || hit.preview !== null
}
