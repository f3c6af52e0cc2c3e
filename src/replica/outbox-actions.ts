/** What a user's action does to the outbox: one row more, and older words on the same thing withdrawn. */
import type { OutboxRow } from '../mutations/mutation.ts'
import type { PendingCode } from './overlay.ts'
import type { StorageTx } from './storage/storage.ts'

/** Sent rows are history, and a row being sent may arrive: neither can be taken back. */
function isWithdrawable(row: OutboxRow): boolean {
  return row.status === 'queued' || row.status === 'failed'
}

/**
 * Rows about which this one says the last word leave. The newer row is kept even if it is the inverse of the one it
 * replaces: the base may have moved in between, and the user's last word has to hold.
 */
export async function appendToOutbox(
  tx: StorageTx,
  intent: Pick<OutboxRow, 'id' | 'mutation' | 'createdAt'>,
  code: () => PendingCode,
): Promise<OutboxRow> {
  if (intent.mutation.type === 'takeBack') return code().takeBack(tx, intent)
  for (const row of await tx.getAll('outbox'))
    if (isWithdrawable(row) && code().supersedes(intent.mutation, row.mutation)) tx.delete('outbox', row.seq)
  const row = { ...intent, status: 'queued', attempts: 0 } as const
  return { ...row, seq: await tx.append(row) }
}

/** The row as it waits again, in its old place: what was done since on the same Emails still has the last word. */
export async function requeueInOutbox(tx: StorageTx, id: string): Promise<OutboxRow | undefined> {
  const failed = (await tx.getAll('outbox')).find((row) => row.id === id && row.status === 'failed')
  if (failed === undefined) return undefined
  const { lastError: _, ...rest } = failed
  const row: OutboxRow = { ...rest, status: 'queued', attempts: 0 }
  tx.put('outbox', row)
  return row
}

/** The row that was there and is gone; undefined if there is none to take back. */
export async function discardFromOutbox(tx: StorageTx, id: string): Promise<OutboxRow | undefined> {
  const row = (await tx.getAll('outbox')).find((candidate) => candidate.id === id && isWithdrawable(candidate))
  if (row !== undefined) tx.delete('outbox', row.seq)
  return row
}
