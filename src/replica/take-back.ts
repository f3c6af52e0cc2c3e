/**
 * Takes back what was done to all that match, in one transaction: the row that does it leaves, whether it waits or is in
 * the midst of its work, and each chunk that it has changed becomes a row that sets its Emails back. A chunk that is
 * under way was noted before it was sent, and what sets it back is sent after it.
 */
import { isOnMatch, type Mutation, type OutboxRow, type TakeBack } from '../mutations/mutation.ts'
import { takeChanged, type ChangeNote } from './changed-notes.ts'
import type { StorageTx } from './storage/storage.ts'

function inversesOf({ emails, back }: ChangeNote, of: TakeBack['of']): readonly Mutation[] {
  const on = { emailIds: emails.map(([id]) => id), blobIds: emails.map(([, blobId]) => blobId) }
  if (of.type === 'setKeywordOnAll') return [{ type: 'setKeyword', ...on, keyword: of.keyword, value: !of.value }]
  const moves = back && back.mailboxIds.length > 0 ? Object.fromEntries(back.mailboxIds) : undefined
  return [
    ...(moves ? [{ type: 'setMailboxes', ...on, mailboxIds: moves } as const] : []),
    ...(back?.keywords ?? []).map(([keyword, value]) => ({ type: 'setKeyword', ...on, keyword, value }) as const),
  ]
}

export async function takeBack(
  tx: StorageTx,
  intent: Pick<OutboxRow, 'id' | 'mutation' | 'createdAt'>,
): Promise<OutboxRow> {
  const { of } = intent.mutation as TakeBack
  for (const { seq, mutation } of await tx.getAll('outbox'))
    if (isOnMatch(mutation) && mutation.key === of.key) tx.delete('outbox', seq)
  const { createdAt } = intent
  const waits = { createdAt, status: 'queued', attempts: 0 } as const
  const mutations = (await takeChanged(tx, of.key)).flatMap((note) => inversesOf(note, of))
  for (const [at, mutation] of mutations.entries())
    await tx.append({ id: `${intent.id}/${String(at)}`, mutation, ...waits })
  // Not one of them: it is never in the outbox.
  return { ...intent, seq: 0, status: 'queued', attempts: 0 }
}
