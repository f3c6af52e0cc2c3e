/** The word and the tint on an attachment's chip: what kind of file it is, from its name first, then its type. */
export interface FileKind {
  /** At most four letters. */
  readonly word: string
  /** Hue of the tint; null for kinds without one. */
  readonly hue: number | null
}

const hues: Readonly<Record<string, number>> = {
  pdf: 25,
  doc: 245,
  docx: 245,
  odt: 245,
  rtf: 245,
  xls: 150,
  xlsx: 150,
  ods: 150,
  csv: 150,
  ppt: 25,
  pptx: 25,
  odp: 25,
  zip: 295,
  gz: 295,
  '7z': 295,
  ics: 170,
  eml: 215,
  png: 195,
  jpg: 195,
  jpeg: 195,
  gif: 195,
  webp: 195,
  heic: 195,
}

const wordsOfTypes: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'message/rfc822': 'eml',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** Four letters of any other say nothing. */
const wordsOfFamilies: Readonly<Record<string, string>> = { image: 'img', text: 'text' }

export function fileKind(name: string, type: string): FileKind {
  const extension = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toLowerCase()
  const word = extension ?? wordOf(type)
  return { word: word.toUpperCase(), hue: (Object.hasOwn(hues, word) ? hues[word] : undefined) ?? null }
}

function wordOf(type: string): string {
  if (Object.hasOwn(wordsOfTypes, type)) return wordsOfTypes[type] ?? ''
  const family = type.split('/')[0] ?? ''
  return Object.hasOwn(wordsOfFamilies, family) ? (wordsOfFamilies[family] ?? '') : ''
}
