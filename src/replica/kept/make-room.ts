/**
 * What goes when the disk is full, in this order: files, the ones not used for longest first; bodies that nobody has
 * opened, of the oldest letters first; opened ones, the longest ago first. Never drafts, nor what the outbox names, nor
 * any row: rows are what lists and tokens stand on.
 */
import type { EmailId } from '../../jmap/types.ts'
import { emailIdsOf } from '../../mutations/mutation.ts'
import type { Clock } from '../../platform/clock.ts'
import type { BodyUse } from '../storage/schema.ts'
import type { Storage, StorageTx } from '../storage/storage.ts'

/** Of one go; each that fails asks for another. */
const ROOM_BYTES = 20_000_000

const STORES = ['files', 'fileUses', 'bodies', 'bodyUses', 'emails', 'outbox', 'meta'] as const

export interface RoomDeps {
  readonly clock: Clock
  /** Nothing is left to give, and still there is no room. */
  readonly onFull?: (() => void) | undefined
}

/** Room for a write that failed by `reason`. Rejects with it where there is nothing left to give. */
export async function makeRoom(storage: Storage, { clock, onFull }: RoomDeps, reason: unknown): Promise<void> {
  const options = { mode: 'readwrite', durability: 'relaxed' } as const
  // On a disk without a byte even the note of what is given up finds no room.
  const freed = await storage.transaction(STORES, options, (tx) => giveUp(tx, clock.now(), ROOM_BYTES)).catch(() => 0)
  if (freed > 0) return
  onFull?.()
  throw reason
}

/** Gives up at least `bytes`, if there is as much; answers how many. It is noted, so that nothing is fetched ahead for a while. */
export async function giveUp(tx: StorageTx, now: number, bytes: number): Promise<number> {
  let freed = 0
  const files = (await tx.getAll('fileUses')).sort((a, b) => a.lastUsed - b.lastUsed)
  for (const file of files) {
    if (freed >= bytes) break
    tx.delete('files', file.blobId)
    tx.delete('fileUses', file.blobId)
    freed += file.bytes
  }
  if (freed < bytes) {
    for (const use of await inOrder(tx)) {
      if (freed >= bytes) break
      dropBody(tx, use.id)
      freed += use.bytes
    }
  }
  if (freed > 0) tx.put('meta', { name: 'fullAt', value: now })
  return freed
}

/** Bodies and files stay: they never change, and belong to the rows that come back. */
export const ROWS = ['states', 'mailboxes', 'emails', 'threads', 'entries', 'lists', 'horizons'] as const

/** Where a row cannot be read, all that the server can give again goes, and is asked for anew. Never the outbox. */
export function dropRows(storage: Storage): Promise<void> {
  return storage.transaction([...ROWS, 'meta'], { mode: 'readwrite', durability: 'relaxed' }, async (tx) => {
    const epoch = (await tx.get('meta', 'epoch'))?.value ?? 0
    for (const store of ROWS) tx.clear(store)
    tx.delete('meta', 'syncedAt')
    // Whoever leads is deposed, and begins anew as it leads again.
    tx.put('meta', { name: 'epoch', value: epoch + 1 })
  })
}

export function dropBody(tx: StorageTx, id: EmailId): void {
  tx.delete('bodies', id)
  tx.delete('bodyUses', id)
}

/** Bodies that may go, the first to go first. */
async function inOrder(tx: StorageTx): Promise<BodyUse[]> {
  const uses = new Map((await tx.getAll('bodyUses')).map((use) => [use.id, use]))
  for (const id of await untouchable(tx, [...uses.keys()])) uses.delete(id)
  const byDate = await tx.keysWithin('emails', 'receivedAt', {})
  const unopened = byDate.flatMap((id) => uses.get(id) ?? []).filter((use) => !use.isOpened)
  const gone = new Set(unopened.map((use) => use.id))
  const opened = [...uses.values()].filter((use) => !gone.has(use.id))
  return [...unopened, ...opened.sort((a, b) => a.lastUsed - b.lastUsed)]
}

/** Of these letters the drafts, and what the outbox names: words of the reader that nobody else may have. */
export async function untouchable(tx: StorageTx, ids: readonly EmailId[]): Promise<ReadonlySet<EmailId>> {
  const outbox = await tx.getAll('outbox')
  const named = outbox.flatMap(({ mutation }) => emailIdsOf(mutation))
  const emails = await Promise.all(ids.map((id) => tx.get('emails', id)))
  const drafts = emails.flatMap((email) => (email?.keywords['$draft'] ? [email.id] : []))
  return new Set([...named, ...drafts])
}
