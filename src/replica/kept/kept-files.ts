/** Bytes of parts of letters that are kept: pictures inside the text, and files up to a size. */
import type { BlobId } from '../../jmap/types.ts'
import type { FileUse } from '../storage/schema.ts'
import type { StorageTx } from '../storage/storage.ts'

export async function readFile(tx: StorageTx, blobId: BlobId, now: number): Promise<ArrayBuffer | undefined> {
  const [file, use] = await Promise.all([tx.get('files', blobId), tx.get('fileUses', blobId)])
  if (file && use) tx.put('fileUses', { ...use, lastUsed: now })
  return file?.data
}

export function putFile(tx: StorageTx, use: FileUse, data: ArrayBuffer): void {
  tx.put('files', { blobId: use.blobId, data })
  tx.put('fileUses', use)
}

/** Drops files for which `isOver` says so. Answers how many. */
export async function dropFiles(tx: StorageTx, isOver: (use: FileUse) => boolean): Promise<number> {
  const over = (await tx.getAll('fileUses')).filter(isOver)
  for (const { blobId } of over) {
    tx.delete('files', blobId)
    tx.delete('fileUses', blobId)
  }
  return over.length
}
