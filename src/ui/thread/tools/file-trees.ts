/** A picture or a text as a letter's tree, so that it is shown where letters are: in an isolated frame. */
import type { EmailBodyPart } from '../../../jmap/types.ts'
import type { ImageSource, LetterTree } from '../../../render/letter.ts'

export interface FramedFile {
  readonly tree: LetterTree
  readonly images: readonly ImageSource[]
  readonly isCut: boolean
}

/** Chromium stands still for seconds over more. */
const longest = 300_000

const empty: LetterTree = {
  ops: [],
  styles: [],
  sheets: [],
  images: [],
  quirks: false,
  isTruncated: false,
  isDesigned: false,
  remoteImages: 0,
  quoteLines: [],
}

/** In the middle: a picture narrower than the window is looked at where the eye is. */
const middle = ['display', 'block', '', 'margin-left', 'auto', '', 'margin-right', 'auto', ''] as const

/** `blob` has our own type, of its content (`render/files/raster.ts`). */
export function pictureTree(blob: Blob, alt: string): FramedFile {
  const images = [{ kind: 'cid', cid: 'picture' }] as const
  const tree: LetterTree = { ...empty, styles: [middle], ops: [['img', ['alt', alt], 0, 0], 0], images }
  return { tree, images: [blob], isCut: false }
}

export async function textTree(blob: Blob, { charset }: Pick<EmailBodyPart, 'charset'>): Promise<FramedFile> {
  const bytes = await blob.slice(0, longest * 4).arrayBuffer()
  const text = decoderOf(charset).decode(bytes).replace(/\r\n?/g, '\n')
  const kept = text.slice(0, longest)
  const isCut = kept.length < text.length || blob.size > longest * 4
  return { tree: { ...empty, ops: [['pre', ['dir', 'auto'], -1, -1], kept, 0] }, images: [], isCut }
}

function decoderOf(charset: string | null): TextDecoder {
  try {
    return new TextDecoder(charset ?? 'utf-8')
  } catch {
    return new TextDecoder()
  }
}
