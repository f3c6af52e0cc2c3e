/** What the server refused for good, and the user is shown as that. */
import type { Device } from './device.ts'
import type { Promised } from './ledger.ts'

/** `row blob` of what the user is shown as refused; a row about a mailbox alone. */
export async function failedRows(device: Device): Promise<ReadonlySet<string>> {
  const rows = (await device.stored.outbox()).filter(({ status }) => status === 'failed')
  return new Set(
    rows.flatMap(({ id, mutation }) =>
      'blobIds' in mutation ? mutation.blobIds.map((blobId) => `${id} ${blobId}`) : [id],
    ),
  )
}

export function isRefused(failed: ReadonlySet<string>, { rowId, blobId }: Pick<Promised, 'rowId' | 'blobId'>): boolean {
  return failed.has(`${rowId} ${blobId}`) || failed.has(rowId)
}
