/** The bytes behind blob ids: uploads, whole messages, and parts of messages (RFC 8620 §6). */
import type { Access } from './access.ts'
import { decodeTransfer } from './mime/entity.ts'
import { messageOf } from './store/stored-email.ts'

export interface BlobContent {
  readonly bytes: Uint8Array
  readonly type: string
}

export function blobOf(access: Access, blobId: string): BlobContent | undefined {
  const { account } = access
  const upload = account.side.uploads.get(blobId)
  if (upload) return upload
  const whole = account.byBlobId.get(blobId)
  if (whole) return access.sees(whole) ? { bytes: whole.raw(), type: 'message/rfc822' } : undefined
  const dash = blobId.lastIndexOf('-')
  const email = dash < 0 ? undefined : account.byBlobId.get(blobId.slice(0, dash))
  if (!email || !access.sees(email)) return undefined
  const part = messageOf(email).parts.get(blobId.slice(dash + 1))
  if (!part) return undefined
  return { bytes: Buffer.from(decodeTransfer(part.entity.body, part.entity.encoding), 'latin1'), type: part.type }
}
