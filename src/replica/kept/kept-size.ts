/** What an account takes on this device, counted. */
import type { StorageTx } from '../storage/storage.ts'

interface KeptPart {
  readonly count: number
  readonly bytes: number
}

export interface KeptSize {
  readonly rows: KeptPart
  readonly letters: KeptPart
  readonly files: KeptPart
}

export const SIZE_STORES = ['emails', 'entries', 'bodyUses', 'fileUses'] as const

/** Rows measured for the size of all. */
const SAMPLE = 200

/** Letters and files by what was written; rows by the size of some of them. */
export async function keptSize(tx: StorageTx): Promise<KeptSize> {
  const [count, entryCount, emails, entries, bodies, files] = await Promise.all([
    tx.count('emails'),
    tx.count('entries'),
    tx.getAll('emails', undefined, SAMPLE),
    tx.getAll('entries', undefined, SAMPLE),
    tx.getAll('bodyUses'),
    tx.getAll('fileUses'),
  ])
  return {
    rows: { count, bytes: Math.round(count * meanBytes(emails) + entryCount * meanBytes(entries)) },
    letters: { count: bodies.length, bytes: sum(bodies) },
    files: { count: files.length, bytes: sum(files) },
  }
}

function meanBytes(rows: readonly object[]): number {
  return JSON.stringify(rows).length / Math.max(1, rows.length)
}

function sum(uses: readonly { readonly bytes: number }[]): number {
  return uses.reduce((total, { bytes }) => total + bytes, 0)
}
