/** Which parts of a letter are kept with it. */
import type { BlobId, EmailBody } from '../../jmap/types.ts'

/** A bigger picture is a file like any other. */
const INLINE_BYTES = 2_000_000

export interface WantedFile {
  readonly blobId: BlobId
  readonly type: string
  readonly name: string
  readonly size: number
  readonly isInline: boolean
}

/** Pictures inside the text in any case, other files up to `limit` bytes. */
export function wantedFiles(body: EmailBody, limit: number): readonly WantedFile[] {
  const parts = new Map<BlobId, WantedFile>()
  for (const { blobId, type, name, size, cid, disposition } of [
    ...body.htmlBody,
    ...body.textBody,
    ...body.attachments,
  ]) {
    // What is text there is in the body itself.
    const isText = type.startsWith('text/') && !body.attachments.some((part) => part.blobId === blobId)
    if (blobId === null || isText) continue
    const isInline = type.startsWith('image/') && disposition !== 'attachment' && size <= INLINE_BYTES
    const isShown = isInline && (cid !== null || !body.attachments.some((part) => part.blobId === blobId))
    if (isShown || size <= limit) parts.set(blobId, { blobId, type, name: name ?? 'file', size, isInline: isShown })
  }
  return [...parts.values()]
}
