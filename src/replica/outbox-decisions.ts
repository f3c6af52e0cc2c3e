/** What the reader decides on rows that wait, and what a newer row decides on older ones. */
import type { Mutation, OutboxRow } from '../mutations/mutation.ts'
import { supersedes } from '../mutations/supersedes.ts'
import type { StorageTx } from './storage/storage.ts'

/** Sent rows are history, and a row being sent may arrive: neither can be taken back. */
function isWithdrawable(row: OutboxRow): boolean {
  return row.status === 'queued' || row.status === 'failed'
}

/** Rows about which this one says the last word leave: the older need not be sent. */
export function withdraw(tx: StorageTx, rows: readonly OutboxRow[], mutation: Mutation): void {
  for (const row of rows) if (isWithdrawable(row) && supersedes(mutation, row.mutation)) tx.delete('outbox', row.seq)
}

/** The row as it waits again, in its old place: what was done since on the same Emails still has the last word. */
export async function requeueInOutbox(tx: StorageTx, id: string): Promise<readonly Mutation[] | undefined> {
  const failed = (await tx.getAll('outbox')).find((row) => row.id === id && row.status === 'failed')
  if (failed === undefined) return undefined
  const { lastError: _, ...rest } = failed
  const row: OutboxRow = { ...rest, status: 'queued', attempts: 0 }
  tx.put('outbox', row)
  return [row.mutation]
}

/** The row that was there and is gone; undefined if there is none to take back. */
export async function deleteFromOutbox(tx: StorageTx, id: string): Promise<OutboxRow | undefined> {
  const row = (await tx.getAll('outbox')).find((candidate) => candidate.id === id && isWithdrawable(candidate))
  if (row !== undefined) tx.delete('outbox', row.seq)
  return row
}
