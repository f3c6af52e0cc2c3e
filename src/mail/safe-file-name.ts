/**
 * The name under which an attachment is saved. The sender chose it, so nothing of it may lie about the type, leave the
 * folder, or mean something to a file system (security S15): direction controls, control characters, separators,
 * trailing dots and spaces, device names of Windows, and lengths that some system refuses.
 */

const MAX_LENGTH = 200
const FALLBACK = 'attachment'

// Control, format (bidi overrides, zero-width, tag characters), private use, lone surrogates, separators, blank letters.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u034f\u2028\u2029\u2800\u115f\u1160\u3164\uffa0]/gu
const FORBIDDEN = /[/\\:*?"<>|%]/g
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?=\s*(?:\.|$))/i

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/vcard': 'vcf',
}

/** Never empty. `type` gives the extension where the sender gave no name. */
export function safeFileName(name: string | null | undefined, type = ''): string {
  const clean = trimEnds(
    (name ?? '')
      .slice(0, 4 * MAX_LENGTH)
      .toWellFormed()
      .normalize('NFC')
      .replace(INVISIBLE, '')
      .replace(FORBIDDEN, '_')
      .replace(/\s+/g, ' '),
  )
  const named = clean === '' ? withExtension(FALLBACK, type) : clean
  return shorten(RESERVED.test(named) ? `_${named}` : named)
}

/** Leading dots hide a file, trailing dots and spaces vanish on Windows: `x.exe. .` must not become `x.exe` unseen. */
function trimEnds(name: string): string {
  return name.replace(/^[.\s]+|[.\s]+$/g, '')
}

function withExtension(name: string, type: string): string {
  const key = type.toLowerCase()
  const extension = Object.hasOwn(EXTENSIONS, key) ? EXTENSIONS[key] : undefined
  return extension === undefined ? name : `${name}.${extension}`
}

/** Keeps the extension: it is what the reader judges the file by. Counted in UTF-8, as file systems do. */
function shorten(name: string): string {
  if (byteLength(name) <= MAX_LENGTH) return name
  const extension = /\.[^.\s]{1,16}$/u.exec(name)?.[0] ?? ''
  const stem = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    name.slice(0, -extension.length || undefined),
  )
  let bytes = byteLength(extension)
  const kept: string[] = []
  for (const { segment: character } of stem) {
    bytes += byteLength(character)
    if (bytes > MAX_LENGTH) break
    kept.push(character)
  }
  return trimEnds(kept.join('')) + extension
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
