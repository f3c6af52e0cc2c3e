/** A whole message as the file that it is (RFC 5322). */
import { safeFileName } from '../../../mail/safe-file-name.ts'
import type { Email, EmailBodyPart } from '../../../jmap/types.ts'

/** What is longer is cut by the file's name, and its extension with it. */
const longest = 150

export interface LetterFile {
  readonly name: string
  readonly part: EmailBodyPart
}

export function letterFile({ subject, blobId, size }: Pick<Email, 'subject' | 'blobId' | 'size'>): LetterFile {
  const name = safeFileName(`${subject?.trim().slice(0, longest) || 'message'}.eml`)
  const type = 'message/rfc822'
  return {
    name,
    part: { partId: null, blobId, size, name, type, charset: null, disposition: null, cid: null },
  }
}
