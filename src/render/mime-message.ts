/** Messages that came as files, read by postal-mime: bytes in, plain data out. What is shown of them goes on as any letter. */
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'

export type { Address as MimeAddress, Attachment as MimeAttachment } from 'postal-mime'

const mostLevels = 50

/** Letters within stay files. Rejects for what is nested without end. */
export function readMimeMessage(blob: Blob): Promise<Email> {
  return PostalMime.parse(blob, { forceRfc822Attachments: true, maxNestingDepth: mostLevels })
}
