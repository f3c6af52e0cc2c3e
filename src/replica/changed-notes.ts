/**
 * What is done to all that match notes which Emails it changes before it sends them, so that it can be taken back
 * whatever becomes of the answer. A note is as long as a row of the outbox may be.
 */
import type { BlobId, EmailId } from '../jmap/types.ts'
import type { StateChange } from '../mutations/set-mailboxes.ts'
import type { StorageTx } from './storage/storage.ts'

export type ChangedEmail = readonly [EmailId, BlobId]

export interface ChangeNote {
  readonly emails: readonly ChangedEmail[]
  /** What sets these back, where they were not all alike before. */
  readonly back?: StateChange
}

/** Nobody takes back what is older: steps to take back live as long as their page. */
const KEPT_MS = 86_400_000

type NoteName = `changed/${string}`

async function namesOf(tx: StorageTx, key = ''): Promise<readonly NoteName[]> {
  const start = key === '' ? 'changed/' : `changed/${key}/`
  return (await tx.keys('meta')).filter((name): name is NoteName => name.startsWith(start))
}

/** Adds one; the first of a key has those of others forgotten that are old. */
export async function noteChanged(tx: StorageTx, key: string, note: ChangeNote, now: number): Promise<void> {
  const own = await namesOf(tx, key)
  if (own.length === 0) {
    for (const name of await namesOf(tx))
      if (((await tx.get('meta', name))?.value ?? now) < now - KEPT_MS) tx.delete('meta', name)
  }
  const last = Math.max(-1, ...own.map((name) => Number(name.slice(`changed/${key}/`.length))))
  tx.put('meta', { name: `changed/${key}/${String(last + 1)}`, value: now, ...note })
}

/** All that was noted under a key, which is forgotten. */
export async function takeChanged(tx: StorageTx, key: string): Promise<readonly ChangeNote[]> {
  const own = await namesOf(tx, key)
  const notes = await Promise.all(own.map((name) => tx.get('meta', name)))
  for (const name of own) tx.delete('meta', name)
  return notes.map((note) => ({ emails: note?.emails ?? [], ...(note?.back && { back: note.back }) }))
}
