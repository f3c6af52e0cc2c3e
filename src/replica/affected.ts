/** What a view must read again when the overlay of some Emails changes while their rows stay as they are. */
import type { EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import { emailIdsOf, isOnAll, type Mutation } from '../mutations/mutation.ts'
import { inBatches } from './in-batches.ts'
import type { StorageTx } from './storage/storage.ts'

export interface Affected {
  readonly emailIds: readonly EmailId[]
  readonly threadIds: readonly ThreadId[]
  /** A thread's row stands in every mailbox that holds one of its messages. */
  readonly lists: readonly MailboxId[]
  /** What is chosen for the account; nothing else is read again for it. */
  readonly settings?: true
  /** What is done to all that match names none of them, and they stand in other lists as well. */
  readonly anyRow?: true
}

export async function affectedBy(tx: StorageTx, mutations: readonly Mutation[]): Promise<Affected> {
  const emailIds = [...new Set(mutations.flatMap(emailIdsOf))]
  const emails = await inBatches(emailIds, (id) => tx.get('emails', id))
  const threadIds = [...new Set(emails.filter((email) => email !== undefined).map((email) => email.threadId))]
  const threads = await inBatches(threadIds, (id) => tx.byIndex('emails', 'threadId', id))
  const lists = new Set([
    ...threads.flat().flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]),
    ...mutations.flatMap(targetsOf),
  ])
  return {
    emailIds,
    threadIds,
    lists: [...lists],
    ...(mutations.some(({ type }) => type === 'setSettings') && { settings: true }),
    ...(mutations.some((mutation) => mutation.type === 'takeBack' || isOnAll(mutation)) && { anyRow: true }),
  }
}

function targetsOf(mutation: Mutation): MailboxId[] {
  if (mutation.type === 'emptyMailbox') return [mutation.mailboxId]
  if (mutation.type === 'takeBack') return targetsOf(mutation.of)
  if ('match' in mutation) return [mutation.match.mailboxId, ...('to' in mutation ? [mutation.to] : [])]
  return mutation.type === 'setMailboxes' ? (Object.keys(mutation.mailboxIds) as MailboxId[]) : []
}
