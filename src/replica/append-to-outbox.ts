import type { OutboxRow } from '../mutations/mutation.ts'
import type { PendingCode } from './overlay.ts'
import type { StorageTx } from './storage/storage.ts'

/**
 * What a user's action does to the outbox: one row more, and older words on the same thing withdrawn. The newer row is
 * kept even if it is the inverse of the one it replaces: the base may have moved in between, and the user's last word
 * has to hold.
 */
export async function appendToOutbox(
  tx: StorageTx,
  intent: Pick<OutboxRow, 'id' | 'mutation' | 'createdAt'>,
  code: () => PendingCode,
): Promise<OutboxRow> {
  if (intent.mutation.type === 'takeBack') return code().takeBack(tx, intent)
  const rows = await tx.getAll('outbox')
  // The first of them is durable even where that code cannot be fetched.
  if (rows.length > 0) code().withdraw(tx, rows, intent.mutation)
  const row = { ...intent, status: 'queued', attempts: 0 } as const
  return { ...row, seq: await tx.append(row) }
}
