/**
 * Several files as one: a ZIP archive without compression (APPNOTE 6.3), since most of what is attached is compressed
 * already. The bytes stay blobs; only each file's checksum reads them, in pieces.
 */
export interface ZipEntry {
  readonly name: string
  readonly blob: Blob
}

const pieceBytes = 1_048_576
/** Names are UTF-8 (general purpose bit 11). */
const utf8 = 0x0800
/** Version 2.0, and no date: 1 January 1980, the first that the format knows. */
const version = 20
const noDate = 0x0021
/** Without ZIP64 a size has 32 bits. */
const mostBytes = 0xffff_ffff

/** Rejects with an `AbortError` once the signal says so, and with a `RangeError` for more than the format holds. */
export async function zipFile(entries: readonly ZipEntry[], signal: AbortSignal): Promise<Blob> {
  const parts: BlobPart[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (const { name, blob } of entries) {
    const head = fileHead(new TextEncoder().encode(name), await checksum(blob, signal), blob.size)
    const local = concat([Uint8Array.of(0x50, 0x4b, 3, 4), head.common, head.name])
    const rest = new Uint8Array(14)
    new DataView(rest.buffer).setUint32(10, offset, true)
    directory.push(concat([Uint8Array.of(0x50, 0x4b, 1, 2, version, 0), head.common, rest, head.name]))
    parts.push(local, blob)
    offset += local.byteLength + blob.size
    if (offset > mostBytes) throw new RangeError('more than four gigabytes')
  }
  const central = concat(directory)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x0605_4b50, true)
  end.setUint16(8, entries.length, true)
  end.setUint16(10, entries.length, true)
  end.setUint32(12, central.byteLength, true)
  end.setUint32(16, offset, true)
  return new Blob([...parts, central, end.buffer], { type: 'application/zip' })
}

/** What the local head and the directory have in common: 26 bytes from the version on. */
function fileHead(
  name: Uint8Array<ArrayBuffer>,
  crc: number,
  size: number,
): { readonly common: Uint8Array<ArrayBuffer>; readonly name: Uint8Array<ArrayBuffer> } {
  const view = new DataView(new ArrayBuffer(26))
  view.setUint16(0, version, true)
  view.setUint16(2, utf8, true)
  view.setUint16(8, noDate, true)
  view.setUint32(10, crc, true)
  view.setUint32(14, size, true)
  view.setUint32(18, size, true)
  view.setUint16(22, name.byteLength, true)
  return { common: new Uint8Array(view.buffer), name }
}

/** CRC-32 (ISO 3309), over a megabyte at a time. */
async function checksum(blob: Blob, signal: AbortSignal): Promise<number> {
  let crc = -1
  for (let at = 0; at < blob.size; at += pieceBytes) {
    signal.throwIfAborted()
    const bytes = new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer())
    for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
  }
  return ~crc >>> 0
}

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  return value
})

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** No two of the same name, as file systems compare them: "a.pdf", "a (2).pdf". */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const dot = name.lastIndexOf('.')
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
    let free = name
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${stem} (${String(n)})${extension}`
    taken.add(free.toLowerCase())
    return free
  })
}
