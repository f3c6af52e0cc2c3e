/**
 * What of a file can be looked at here: pictures as pixels, text as text, PDF as pages, letters in letters, and files in
 * files. The rest is saved. Its bytes have the last word, once they are here (`checked-file.ts`).
 */
import { extensionOf } from '../../../render/files/danger.ts'
import type { EmailBodyPart } from '../../../jmap/types.ts'
import type { AccountPort } from '../../../sync/engine-port.ts'

export type PreviewKind = 'picture' | 'text' | 'message' | 'pdf' | 'folder'

/** A file among those it came with, and who has their bytes. */
export interface PreviewedFile {
  readonly port: Pick<AccountPort, 'fetchBlob'>
  readonly files: readonly EmailBodyPart[]
  readonly file: EmailBodyPart
}

/** A letter in a letter in a letter: deeper ones are saved. */
const mostLevels = 5

const types: readonly (readonly [PreviewKind, RegExp])[] = [
  ['picture', /^image\/(?:x-)?(?:png|p?jpe?g|gif|webp|avif|(?:ms-)?bmp)$/],
  ['pdf', /^application\/(?:x-)?pdf$/],
  ['message', /^message\/(?:rfc822|global)$/],
  ['folder', /^application\/(?:(?:vnd\.)?ms-tnef|zip|x-zip|x-zip-compressed)$/],
  [
    'text',
    /^text\/(?!html|calendar|javascript)|^application\/(?:json|xml|x-sh|sql)$|^message\/(?:delivery-status|disposition-notification)$/,
  ],
]

/** What many programs send as bytes of no type, or of a wrong one. */
const extensions: readonly (readonly [PreviewKind, RegExp])[] = [
  ['picture', /^(?:png|jpe?g|gif|webp|avif|bmp)$/],
  ['pdf', /^pdf$/],
  ['message', /^eml$/],
  ['folder', /^zip$/],
  ['text', /^(?:txt|text|log|md|markdown|csv|tsv|json|xml|yaml|yml|toml|ini|conf|diff|patch|asc|srt|vcf)$/],
]

const kindIn = (list: typeof types, word: string): PreviewKind | null =>
  list.find(([, pattern]) => pattern.test(word))?.[0] ?? null

export function previewKind(
  { type: given, blobId, name }: Pick<EmailBodyPart, 'type' | 'blobId' | 'name'>,
  level: number,
): PreviewKind | null {
  if (!blobId) return null
  const isTnef = /^winmail\.dat$/i.test(name ?? '')
  const kind = isTnef ? 'folder' : (kindIn(types, given.toLowerCase()) ?? kindIn(extensions, extensionOf(name ?? '')))
  return (kind === 'message' || kind === 'folder') && level >= mostLevels ? null : kind
}
