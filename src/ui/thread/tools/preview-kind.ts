/** What of a file can be looked at here: pictures as pixels, text as text, and letters in letters. The rest is saved. */
import type { EmailBodyPart } from '../../../jmap/types.ts'
import type { AccountPort } from '../../../sync/engine-port.ts'

export type PreviewKind = 'picture' | 'text' | 'message'

/** A file among those it came with, and who has their bytes. */
export interface PreviewedFile {
  readonly port: Pick<AccountPort, 'fetchBlob'>
  readonly files: readonly EmailBodyPart[]
  readonly file: EmailBodyPart
}

/** A letter in a letter in a letter: deeper ones are saved. */
const mostLevels = 5

const raster = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/i
const text =
  /^text\/(?!html|calendar)|^application\/(?:json|xml|x-sh|sql)$|^message\/(?:delivery-status|disposition-notification)$/i

export function previewKind(
  { type, blobId }: Pick<EmailBodyPart, 'type' | 'blobId'>,
  level: number,
): PreviewKind | null {
  if (!blobId) return null
  if (raster.test(type)) return 'picture'
  if (text.test(type)) return 'text'
  return /^message\/(?:rfc822|global)$/i.test(type) && level < mostLevels ? 'message' : null
}
