/** A file whose bytes are here, and what of it may be shown: its content decides, not what its letter says. */
import { contentOf, headBytes, type FileContent } from '../../../render/files/content.ts'
import { checkRaster } from '../../../render/files/raster.ts'
import { pictureTree, textTree, type FramedFile } from './file-trees.ts'
import type { EmailBodyPart } from '../../../jmap/types.ts'
import type { PreviewKind } from './preview-kind.ts'

export type CheckedFile =
  | { readonly kind: 'framed'; readonly framed: FramedFile }
  | { readonly kind: 'pdf' | 'message' | 'folder' }
  /** It says that it is one thing and is another. */
  | { readonly kind: 'lie'; readonly is: FileContent }
  | { readonly kind: 'tooManyPixels'; readonly width: number; readonly height: number }
  | { readonly kind: 'tooLarge' }

/** Two copies of it are in memory while it is read. */
const mostPdfBytes = 134_217_728

export async function checkFile(
  blob: Blob,
  kind: PreviewKind | null,
  { charset }: Pick<EmailBodyPart, 'charset'>,
  alt: string,
): Promise<CheckedFile | undefined> {
  if (kind === 'picture') {
    const found = await checkRaster(blob)
    if (found.kind === 'tooLarge') return { kind: 'tooManyPixels', width: found.width, height: found.height }
    if (found.kind === 'picture') return { kind: 'framed', framed: pictureTree(found.blob, alt) }
  }
  const is = contentOf(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
  switch (kind) {
    case 'picture':
      return { kind: 'lie', is }
    case 'pdf':
      if (is !== 'pdf') return { kind: 'lie', is }
      return blob.size > mostPdfBytes ? { kind: 'tooLarge' } : { kind }
    case 'text':
      // an encoding of two bytes without a mark looks like no text, but its letter has named it
      if (isBinary(is, charset)) return { kind: 'lie', is }
      return { kind: 'framed', framed: await textTree(blob, { charset }) }
    case 'message':
    case 'folder':
      return { kind }
    case null:
      return undefined
  }
}

function isBinary(is: FileContent, charset: string | null): boolean {
  if (is === 'other') return !/^(?:utf|ucs)-?(?:16|2|32)/i.test(charset ?? '')
  return !['text', 'webPage', 'svg', 'script', 'shortcut'].includes(is)
}
