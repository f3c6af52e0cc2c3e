/** Counts of mailboxes as they will be once the intents have arrived. Pure. */
import type { Email, Mailbox, MailboxId, ThreadId } from '../jmap/types.ts'
import type { OutboxRow } from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'
import { effectiveEmail, type Pending } from './overlay.ts'
import { targetsOf } from './set-mailboxes.ts'

type Count = 'totalEmails' | 'unreadEmails' | 'totalThreads' | 'unreadThreads'

const COUNTS: readonly Count[] = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']

type Counts = Record<Count, number>

/** What is done to all that match, to numbers alone (`all-done.ts`). */
export interface AllDone {
  counts(mailboxes: readonly Mailbox[]): readonly Mailbox[]
  /** What was received earlier is as good as gone from there. */
  emptiedBefore(id: MailboxId): string | undefined
}

/**
 * `emails` are the known Emails of every thread that a pending `$seen` or move touches, base values; messages that are
 * not here cannot be counted. What is done to all that match is done to the numbers of what is left without them.
 */
export function effectiveMailboxes(
  mailboxes: readonly Mailbox[],
  emails: readonly Email[],
  pending: Pending,
  all?: AllDone,
): readonly Mailbox[] {
  const before = new Map<MailboxId, Counts>()
  const after = new Map<MailboxId, Counts>()
  const emptied = new Map(mailboxes.map(({ id }) => [id, all?.emptiedBefore(id)]))
  for (const thread of byThread(emails)) {
    const now = thread.flatMap((email) => effectiveEmail(email, pending) ?? [])
    for (const id of mailboxIdsOf([...thread, ...now])) {
      const edge = emptied.get(id)
      const isLeft = ({ receivedAt }: Email): boolean => !edge || Date.parse(receivedAt) >= Date.parse(edge)
      addTo(before, id, countsIn(id, thread))
      addTo(after, id, countsIn(id, now.filter(isLeft)))
    }
  }
  const left = mailboxes.map((mailbox) => changedBy(mailbox, before.get(mailbox.id), -1))
  const rest = all?.counts(left) ?? left
  const counted = rest.map((mailbox, at) => {
    const now = changedBy(mailbox, after.get(mailbox.id), 1)
    const was = mailboxes[at] ?? now
    if (COUNTS.every((name) => now[name] === was[name])) return was
    return { ...was, ...countsOf(COUNTS.map((name) => [name, Math.max(0, now[name])])) }
  })
  return counted.every((mailbox, at) => mailbox === mailboxes[at]) ? mailboxes : counted
}

/** With counts more, or less. */
export function changedBy(mailbox: Mailbox, counts: Counts | undefined, sign: 1 | -1): Mailbox {
  if (!counts) return mailbox
  return { ...mailbox, ...countsOf(COUNTS.map((name) => [name, mailbox[name] + sign * counts[name]])) }
}

function countsOf(entries: readonly (readonly [Count, number])[]): Counts {
  return Object.fromEntries(entries) as Counts
}

/** With those that are still to be made at the server. */
export function withMade(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const all = [...mailboxes]
  for (const { mutation, status } of outbox) {
    const made = status !== 'failed' && 'make' in mutation && mutation.make
    if (made && targetsOf(mutation).includes(made.id) && !all.some(({ role }) => role === made.role)) all.push(made)
  }
  return all
}

/** A thread is unread in a mailbox if any of its messages is, in whichever mailbox that one lies (RFC 8621 §2). */
function countsIn(id: MailboxId, thread: readonly Email[]): Counts {
  const here = thread.filter((email) => Object.hasOwn(email.mailboxIds, id))
  const isHere = here.length > 0
  return {
    totalEmails: here.length,
    unreadEmails: here.filter(isUnread).length,
    totalThreads: isHere ? 1 : 0,
    unreadThreads: isHere && thread.some(isUnread) ? 1 : 0,
  }
}

function isUnread(email: Email): boolean {
  return !Object.hasOwn(email.keywords, '$seen')
}

function byThread(emails: readonly Email[]): Iterable<Email[]> {
  const threads = new Map<ThreadId, Email[]>()
  for (const email of emails) threads.set(email.threadId, [...(threads.get(email.threadId) ?? []), email])
  return threads.values()
}

function mailboxIdsOf(thread: readonly Email[]): Set<MailboxId> {
  return new Set(thread.flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]))
}

function addTo(sums: Map<MailboxId, Counts>, id: MailboxId, counts: Counts): void {
  const sum = sums.get(id) ?? { ...NO_MAIL }
  for (const name of COUNTS) sum[name] += counts[name]
  sums.set(id, sum)
}
