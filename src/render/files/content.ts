/** What a file is by its first bytes, whatever its letter says of it. */

export type RasterType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/bmp'

export type FileContent =
  | RasterType
  | 'pdf'
  | 'zip'
  | 'tnef'
  /** Documents of Office before 2007, and messages of Outlook. */
  | 'ole'
  | 'program'
  | 'shortcut'
  | 'script'
  | 'diskImage'
  /** HTML and MHTML. */
  | 'webPage'
  | 'svg'
  | 'text'
  | 'other'

/** As much as is looked at. */
export const headBytes = 4_096

/** By where they stand; bytes as Latin-1 text. */
const signatures: readonly (readonly [at: number, bytes: string, is: FileContent])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [4, 'ftypavif', 'image/avif'],
  [4, 'ftypavis', 'image/avif'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, '\x78\x9f\x3e\x22', 'tnef'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'ole'],
  [0, 'MZ', 'program'],
  [0, '\x7fELF', 'program'],
  [0, '\xca\xfe\xba\xbe', 'program'],
  [0, '\xfe\xed\xfa\xce', 'program'],
  [0, '\xfe\xed\xfa\xcf', 'program'],
  [0, '\xce\xfa\xed\xfe', 'program'],
  [0, '\xcf\xfa\xed\xfe', 'program'],
  [0, 'dex\n', 'program'],
  [0, '\xed\xab\xee\xdb', 'program'],
  [0, '!<arch>\ndebian', 'program'],
  [0, 'L\x00\x00\x00\x01\x14\x02\x00', 'shortcut'],
  [0, '[InternetShortcut]', 'shortcut'],
  [0, '[Desktop Entry]', 'shortcut'],
  [0, '#!', 'script'],
  [0, '#@~^', 'script'],
  [0, 'conectix', 'diskImage'],
  [0, 'vhdxfile', 'diskImage'],
  [0, '%PDF-', 'pdf'],
]

const pages =
  /^(?:<!doctype\s+html|<(?:html|head|body|script|iframe|title|style|table|meta|link|base|form|img|div|font|center|h1|p|a|br|b)(?=[\s/>]|$))/i

/** A list of first bytes is no parser: what it does not know is `other`, or `text` if it reads like one. */
export function contentOf(head: Uint8Array): FileContent {
  const bytes = latin1(head.subarray(0, headBytes))
  const signed = signatures.find(([at, text]) => bytes.startsWith(text, at))
  if (signed && (signed[2] !== 'image/webp' || bytes.startsWith('RIFF'))) return signed[2]
  // its second field is the file's size, and two more are always zero
  if (bytes.startsWith('BM') && bytes.slice(6, 10) === '\0\0\0\0') return 'image/bmp'
  // readers of PDF take one that begins within the first kilobyte
  if (/%PDF-\d/.test(bytes.slice(0, 1_024))) return 'pdf'
  const text = asText(head.subarray(0, headBytes))
  return text === null ? 'other' : markupOf(text)
}

/** Reads the first bytes of a file. */
export async function readContent(blob: Blob): Promise<FileContent> {
  return contentOf(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
}

export function isRaster(content: FileContent): content is RasterType {
  return content.startsWith('image/')
}

function markupOf(text: string): FileContent {
  // what stands before the first element: white space, comments, processing instructions, other doctypes
  const start = text.replace(/^(?:\s+|<!--[^]*?-->|<\?[^>]*>|<!doctype\s+(?!html)[^>[]*(?:\[[^\]]*\])?\s*>)+/i, '')
  if (/^<(?:\w+:)?svg\b/i.test(start)) return 'svg'
  if (pages.test(start)) return 'webPage'
  if (/^[^<]{0,2000}?^mime-version:[^<]*^content-type:\s*multipart\/related/im.test(text)) return 'webPage'
  // markup that stands further in, or behind an element of another name
  if (start.startsWith('<') && /<(?:\w+:)?svg\b/i.test(start)) return 'svg'
  return start.startsWith('<') && /<(?:html|script|body|iframe)\b/i.test(start) ? 'webPage' : 'text'
}

/** Null for bytes that are no text in UTF-8, UTF-16 with a mark, or one of the encodings of a byte a letter. */
function asText(head: Uint8Array): string | null {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  const text = new TextDecoder().decode(head)
  // eslint-disable-next-line no-control-regex -- they are what tells text from bytes
  const strange = text.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0
  return text.includes('\0') || strange * 50 > text.length ? null : text
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
