/** Counts of mailboxes as they will be once the intents have arrived. Pure. */
import type { Email, Mailbox, MailboxId, ThreadId } from '../jmap/types.ts'
import {
  isOnAll,
  type EmptyMailbox,
  type Matching,
  type OutboxRow,
  type SetKeywordOnAll,
  type SetMailboxesOnAll,
} from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'
import { effectiveEmail, type Pending } from './overlay.ts'
import { targetsOf } from './set-mailboxes.ts'

type Count = 'totalEmails' | 'unreadEmails' | 'totalThreads' | 'unreadThreads'

const COUNTS: readonly Count[] = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads']

type Counts = Record<Count, number>

/**
 * `emails` are the known Emails of every thread that a pending `$seen` or move touches, base values; messages that are
 * not here cannot be counted. What is done to all that match is done to the numbers of what is left without them.
 */
export function effectiveMailboxes(
  mailboxes: readonly Mailbox[],
  emails: readonly Email[],
  pending: Pending,
  outbox: readonly OutboxRow[] = [],
): readonly Mailbox[] {
  const before = new Map<MailboxId, Counts>()
  const after = new Map<MailboxId, Counts>()
  const emptied = new Map(mailboxes.map(({ id }) => [id, emptiedBefore(outbox, id)]))
  for (const thread of byThread(emails)) {
    const now = thread.flatMap((email) => effectiveEmail(email, pending) ?? [])
    for (const id of mailboxIdsOf([...thread, ...now])) {
      const edge = emptied.get(id)
      const isLeft = ({ receivedAt }: Email): boolean => !edge || Date.parse(receivedAt) >= Date.parse(edge)
      addTo(before, id, countsIn(id, thread))
      addTo(after, id, countsIn(id, now.filter(isLeft)))
    }
  }
  const rest = withAllDone(
    mailboxes.map((mailbox) => changedBy(mailbox, before.get(mailbox.id), -1)),
    outbox,
  )
  const counted = rest.map((mailbox, at) => {
    const now = changedBy(mailbox, after.get(mailbox.id), 1)
    const was = mailboxes[at] ?? now
    if (COUNTS.every((name) => now[name] === was[name])) return was
    return { ...was, ...countsOf(COUNTS.map((name) => [name, Math.max(0, now[name])])) }
  })
  return counted.every((mailbox, at) => mailbox === mailboxes[at]) ? mailboxes : counted
}

function changedBy(mailbox: Mailbox, counts: Counts | undefined, sign: 1 | -1): Mailbox {
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

/** With the counts that are left once what was done to all that match has arrived, in the order in which it was done. */
export function withAllDone(mailboxes: readonly Mailbox[], outbox: readonly OutboxRow[]): readonly Mailbox[] {
  return outbox.reduce<readonly Mailbox[]>((counted, { mutation, status }) => {
    if (status === 'failed' || !isOnAll(mutation)) return counted
    if (mutation.type === 'setMailboxesOnAll') return withMovedOnAll(counted, mutation)
    return counted.map((mailbox) => {
      if (mutation.type === 'emptyMailbox')
        return mailbox.id === mutation.mailboxId ? { ...mailbox, ...NO_MAIL } : mailbox
      if (!isReadOnAll(mutation, mailbox.id)) return mailbox
      const { totalEmails, totalThreads } = mutation.value ? NO_MAIL : mailbox
      return { ...mailbox, unreadEmails: totalEmails, unreadThreads: totalThreads }
    })
  }, mailboxes)
}

/** It says of all of a mailbox, or of all that it is about, whether it is read. */
function isReadOnAll({ match, keyword, value }: SetKeywordOnAll, id: MailboxId): boolean {
  if (keyword !== '$seen' || match.mailboxId !== id) return false
  // of those that are unread: all of them, if they are read now
  return isWhole(match) || (value && isUnreadOnly(match))
}

/** What is in two mailboxes of the two already is counted twice until the server has done it. */
function withMovedOnAll(mailboxes: readonly Mailbox[], { match, to, leaves }: SetMailboxesOnAll): readonly Mailbox[] {
  const from = mailboxes.find(({ id }) => id === match.mailboxId)
  if (!from || !(isWhole(match) || isUnreadOnly(match))) return mailboxes
  const { unreadEmails, unreadThreads } = from
  const moved = isWhole(match)
    ? from
    : { unreadEmails, unreadThreads, totalEmails: unreadEmails, totalThreads: unreadThreads }
  return mailboxes.map((mailbox) => {
    if (mailbox.id === to) return changedBy(mailbox, moved, 1)
    return mailbox === from && leaves !== 'none' ? changedBy(mailbox, moved, -1) : mailbox
  })
}

/** All of a mailbox is meant. */
function isWhole({ here }: Matching): boolean {
  return here !== undefined && !here.isOutside && here.has.length + here.hasNot.length === 0
}

function isUnreadOnly({ here }: Matching): boolean {
  return here !== undefined && !here.isOutside && here.has.length === 0 && String(here.hasNot) === '$seen'
}

/** Only what was received later is left there; undefined: it is neither emptied nor moved as a whole. */
export function clearedUntil(outbox: readonly OutboxRow[], id: MailboxId): string | undefined {
  const moves = outbox.flatMap(({ mutation, status }) =>
    mutation.type === 'setMailboxesOnAll' && status !== 'failed' ? mutation : [],
  )
  const move = moves.findLast(({ match, leaves }) => match.mailboxId === id && leaves !== 'none' && isWhole(match))
  const edges = [emptiedBefore(outbox, id), move?.match.before].filter((edge) => edge !== undefined)
  const last = edges.toSorted().at(-1)
  // What was received at that very moment is not meant.
  return last && new Date(Date.parse(last) - 1).toISOString()
}

function emptiedBefore(outbox: readonly OutboxRow[], id: MailboxId): string | undefined {
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

function addTo(sums: Map<MailboxId, Counts>, id: MailboxId, counts: Counts): void {
  const sum = sums.get(id) ?? { ...NO_MAIL }
  for (const name of COUNTS) sum[name] += counts[name]
  sums.set(id, sum)
}
