/**
 * The files in a `winmail.dat` (MS-OXTNEF). One pass that only ever goes on: every length is cut to what is there, and
 * what does not fit ends the list, never the reader's patience.
 */

export interface TnefFile {
  readonly name: string | null
  readonly type: string | null
  readonly bytes: Uint8Array<ArrayBuffer>
}

const signature = 0x223e_9f78
const mostFiles = 200
const mostProperties = 2_000

/** Attributes, by their ids without the type. */
const attribute = { title: 0x8010, data: 0x800f, begins: 0x9002, properties: 0x9005, codePage: 0x9007 } as const

/** Properties of MAPI. */
const property = { displayName: 0x3001, data: 0x3701, fileName: 0x3704, longName: 0x3707, type: 0x370e } as const

const codePages: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  65001: 'utf-8',
}

interface Draft {
  title: string | null
  longName: string | null
  type: string | null
  bytes: Uint8Array<ArrayBuffer> | null
}

/** Null for what is no TNEF, and for what breaks off before its first file. */
export function readTnef(bytes: Uint8Array<ArrayBuffer>): readonly TnefFile[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return null
  const files: Draft[] = []
  let encoding = 'windows-1252'
  let at = 6
  // level, id, length; the data; a sum of 16 bits
  while (at + 9 <= bytes.length && files.length <= mostFiles) {
    const isOfFile = bytes[at] === 2
    const id = view.getUint16(at + 1, true)
    const end = at + 9 + view.getUint32(at + 5, true)
    if (end > bytes.length) {
      if (files.length === 0) return null
      break
    }
    const data = bytes.subarray(at + 9, end)
    const file = files.at(-1)
    if (id === attribute.codePage && data.length >= 4) encoding = encodingOf(view.getUint32(at + 9, true))
    else if (isOfFile && id === attribute.begins) files.push({ title: null, longName: null, type: null, bytes: null })
    else if (isOfFile && file && id === attribute.title) file.title = text(data, encoding)
    else if (isOfFile && file && id === attribute.data) file.bytes = data
    else if (isOfFile && file && id === attribute.properties) readProperties(data, file, encoding)
    at = end + 2
  }
  return files
    .slice(0, mostFiles)
    .flatMap(({ title, longName, type, bytes: content }) =>
      content ? [{ name: longName ?? title, type, bytes: content }] : [],
    )
}

function readProperties(data: Uint8Array<ArrayBuffer>, file: Draft, encoding: string): void {
  for (const { id, type, value } of properties(data)) {
    const read = (): string => (type === 0x1f ? text(value, 'utf-16le') : text(value, encoding))
    if (id === property.longName) file.longName = read()
    else if (id === property.fileName || id === property.displayName) file.title ??= read()
    else if (id === property.type) file.type = read()
    // an object begins with the 16 bytes that say which it is
    else if (id === property.data) file.bytes ??= type === 0x0d ? value.subarray(16) : value
  }
}

interface Property {
  readonly id: number
  readonly type: number
  readonly value: Uint8Array<ArrayBuffer>
}

/** Ends where a property does not fit, or is of a type whose length nobody says. */
function* properties(data: Uint8Array<ArrayBuffer>): Generator<Property> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const has = (at: number, length: number): boolean => at + length <= data.length
  if (!has(0, 4)) return
  const count = Math.min(view.getUint32(0, true), mostProperties)
  let at = 4
  for (let index = 0; index < count && has(at, 4); index += 1) {
    const type = view.getUint16(at, true)
    const id = view.getUint16(at + 2, true)
    at += 4
    if (id >= 0x8000) {
      if (!has(at, 24)) return
      const isByName = view.getUint32(at + 16, true) === 1
      at += 24 + (isByName ? padded(view.getUint32(at + 20, true)) : 0)
    }
    const isList = (type & 0x1000) !== 0
    const single = type & 0x0fff
    const width = fixedWidth(single)
    let values = 1
    if (isList || width === 0) {
      if (!has(at, 4)) return
      values = Math.min(view.getUint32(at, true), mostProperties)
      at += 4
    }
    if (width === null) return
    for (let n = 0; n < values; n += 1) {
      let length = width
      if (width === 0) {
        if (!has(at, 4)) return
        length = view.getUint32(at, true)
        at += 4
      }
      if (!has(at, length)) return
      yield { id, type: single, value: data.subarray(at, at + length) }
      at += padded(length)
    }
  }
}

/** Bytes of a value, 0 for one that says its length, null for an unknown type. */
function fixedWidth(type: number): number | null {
  if (type === 0x1e || type === 0x1f || type === 0x0d || type === 0x102) return 0
  if (type === 0x48) return 16
  if (type === 0x05 || type === 0x06 || type === 0x07 || type === 0x14 || type === 0x40) return 8
  return type >= 0x01 && type <= 0x0b ? 4 : null
}

function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4)
}

function encodingOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${String(codePage)}`
  return codePages[codePage] ?? 'windows-1252'
}

/** Up to the zero that ends it. */
function text(data: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(data.subarray(0, 2_000)).replace(/\0[^]*$/, '')
}
