/** What is done to all that match, as numbers of mailboxes and bounds of lists show it. Fetched with the first of it. Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { changedBy } from './effective-mailboxes.ts'
import {
  isOnAll,
  type EmptyMailbox,
  type Matching,
  type OutboxRow,
  type SetKeywordOnAll,
  type SetMailboxesOnAll,
} from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'
import { isLeft } from './set-mailboxes.ts'

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
function withMovedOnAll(mailboxes: readonly Mailbox[], mutation: SetMailboxesOnAll): readonly Mailbox[] {
  const { match, to, isOnlyLeft } = mutation
  const from = mailboxes.find(({ id }) => id === match.mailboxId && id !== to)
  if (!from || !(isWhole(match) || isUnreadOnly(match))) return mailboxes
  const leaves = isLeft(mutation, from.id)
  if (isOnlyLeft && !leaves) return mailboxes
  const { unreadEmails, unreadThreads } = from
  const moved = isWhole(match)
    ? from
    : { unreadEmails, unreadThreads, totalEmails: unreadEmails, totalThreads: unreadThreads }
  return mailboxes.map((mailbox) => {
    if (mailbox.id === to) return changedBy(mailbox, moved, 1)
    return mailbox === from && leaves ? changedBy(mailbox, moved, -1) : mailbox
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
  const move = moves.findLast((each) => each.match.mailboxId === id && isLeft(each, id) && isWhole(each.match))
  const edges = [emptiedBefore(outbox, id), move?.match.before].filter((edge) => edge !== undefined)
  const last = edges.toSorted().at(-1)
  // What was received at that very moment is not meant.
  return last && new Date(Date.parse(last) - 1).toISOString()
}

/** What was received earlier is as good as gone from there; undefined: it is not being emptied. */
export function emptiedBefore(outbox: readonly OutboxRow[], id: MailboxId): string | undefined {
  const rows = outbox.filter(
    ({ mutation, status }) => mutation.type === 'emptyMailbox' && mutation.mailboxId === id && status !== 'failed',
  )
  return (rows.at(-1)?.mutation as EmptyMailbox | undefined)?.before
}

/** When the first that is moved was asked for: what came since is counted message by message. */
export function movedSince(outbox: readonly OutboxRow[]): string | undefined {
  const times = outbox.flatMap(({ mutation, status }) =>
    mutation.type === 'setMailboxesOnAll' && status !== 'failed' ? mutation.match.before : [],
  )
  return times.toSorted()[0]
}
