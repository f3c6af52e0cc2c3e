/** Counts of mailboxes as they will be once the intents have arrived. Pure. */
import type { Email, Mailbox, MailboxId, ThreadId } from '../jmap/types.ts'
import { isOnAll, type EmptyMailbox, type OutboxRow, type SetKeywordOnAll } from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'
import { effectiveEmail, type Pending } from './overlay.ts'

type Count = 'totalEmails' | 'unreadEmails' | 'totalThreads' | 'unreadThreads'

const COUNTS: readonly Count[] = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']

type Counts = Record<Count, number>

/**
 * `emails` are the known Emails of every thread that a pending `$seen` or move touches, base values; messages that are
 * not here cannot be counted.
 */
export function effectiveMailboxes(
  mailboxes: readonly Mailbox[],
  emails: readonly Email[],
  pending: Pending,
): readonly Mailbox[] {
  const changes = new Map<MailboxId, Counts>()
  for (const thread of byThread(emails)) {
    const after = thread.flatMap((email) => effectiveEmail(email, pending) ?? [])
    for (const id of mailboxIdsOf([...thread, ...after])) addTo(changes, id, countsIn(id, thread), countsIn(id, after))
  }
  if (![...changes.values()].some((change) => COUNTS.some((name) => change[name] !== 0))) return mailboxes
  return mailboxes.map((mailbox) => {
    const change = changes.get(mailbox.id)
    if (!change || COUNTS.every((name) => change[name] === 0)) return mailbox
    const counts = COUNTS.map((name) => [name, Math.max(0, mailbox[name] + change[name])])
    return { ...mailbox, ...(Object.fromEntries(counts) as Counts) }
  })
}

/** With those that are still to be made at the server. */
export function withMade(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const all = [...mailboxes]
  for (const { mutation, status } of outbox) {
    const made = mutation.type === 'setMailboxes' && status !== 'failed' && mutation.make
    if (made && mutation.mailboxIds[made.id] && !all.some(({ role }) => role === made.role)) all.push(made)
  }
  return all
}

/** With the counts that are left once what was done to all of a mailbox has arrived. */
export function withAllDone(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  const onAll = outbox.filter(({ mutation, status }) => status !== 'failed' && isOnAll(mutation))
  if (onAll.length === 0) return mailboxes
  return mailboxes.map((mailbox) => {
    if (emptiedBefore(onAll, mailbox.id)) return { ...mailbox, ...NO_MAIL }
    const read = readOnAll(onAll, mailbox.id)
    if (!read) return mailbox
    const { totalEmails, totalThreads } = read.value ? NO_MAIL : mailbox
    return { ...mailbox, unreadEmails: totalEmails, unreadThreads: totalThreads }
  })
}

/** What says of all of a mailbox, or of all that it is about, whether it is read; the last word. */
function readOnAll(onAll: readonly OutboxRow[], id: MailboxId): SetKeywordOnAll | undefined {
  return onAll
    .map(({ mutation }) => mutation)
    .filter((mutation) => mutation.type === 'setKeywordOnAll')
    .findLast(({ match: { here }, keyword, value }) => {
      if (keyword !== '$seen' || !here || here.isOutside || !here.mailboxIds.includes(id)) return false
      // of those that are unread: all of them, if they are read now
      return here.has.length === 0 && (here.hasNot.length === 0 || (value && String(here.hasNot) === '$seen'))
    })
}

/** What was received earlier is as good as gone from there; undefined: nothing is being emptied. */
export function emptiedBefore(outbox: readonly OutboxRow[], id: MailboxId): string | undefined {
  const rows = outbox.filter(
    ({ mutation, status }) => mutation.type === 'emptyMailbox' && mutation.mailboxId === id && status !== 'failed',
  )
  return (rows.at(-1)?.mutation as EmptyMailbox | undefined)?.before
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

function addTo(changes: Map<MailboxId, Counts>, id: MailboxId, before: Counts, after: Counts): void {
  const sum = changes.get(id) ?? { ...NO_MAIL }
  for (const name of COUNTS) sum[name] += after[name] - before[name]
  changes.set(id, sum)
}
