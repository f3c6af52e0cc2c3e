/**
 * Takes back what was done to all that match, in one transaction: the row that does it leaves, whether it waits or is in
 * the midst of its work, and each chunk that it has changed becomes a row that sets its Emails back. A chunk that is
 * under way was noted before it was sent, and what sets it back is sent after it.
 */
import type { OutboxRow, TakeBack } from '../mutations/mutation.ts'
import { takeChanged } from './changed-notes.ts'
import type { StorageTx } from './storage/storage.ts'

export async function takeBack(
  tx: StorageTx,
  intent: Pick<OutboxRow, 'id' | 'mutation' | 'createdAt'>,
): Promise<OutboxRow> {
  const { of } = intent.mutation as TakeBack
  for (const { seq, mutation } of await tx.getAll('outbox'))
    if (mutation.type === 'setKeywordOnAll' && mutation.key === of.key) tx.delete('outbox', seq)
  const { keyword, value } = of
  for (const [at, emails] of (await takeChanged(tx, of.key)).entries()) {
    const [emailIds, blobIds] = [emails.map(([id]) => id), emails.map(([, blobId]) => blobId)]
    const mutation = { type: 'setKeyword', emailIds, blobIds, keyword, value: !value } as const
    const { createdAt } = intent
    await tx.append({ id: `${intent.id}/${String(at)}`, mutation, createdAt, status: 'queued', attempts: 0 })
  }
  // Not one of them: it is never in the outbox.
  return { ...intent, seq: 0, status: 'queued', attempts: 0 }
}
