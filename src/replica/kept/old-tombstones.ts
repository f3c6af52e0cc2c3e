/**
 * Tombstones that have done their work. A dead id can only come back in an answer that left before its death was
 * pulled (minutes), or for an id that something here still names (a link, a thread), where the thread decides: it does
 * not name the dead. A month is far beyond both.
 */
import type { StorageTx } from '../storage/storage.ts'

const KEPT_MS = 30 * 86_400_000

/** Each gets its date with the first look at it. */
export async function dropOldTombstones(tx: StorageTx, now: number): Promise<void> {
  for (const { id, at } of await tx.getAll('tombstones')) {
    if (at === undefined) tx.put('tombstones', { id, at: now })
    else if (now - at > KEPT_MS) tx.delete('tombstones', id)
  }
}
