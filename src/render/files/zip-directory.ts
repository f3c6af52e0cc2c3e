/** The list at the end of a ZIP archive (APPNOTE 4.3.12), without unpacking anything. What it says is bounded, not believed. */

export interface ZipMember {
  readonly name: string
  /** As the list says; unpacking counts for itself. */
  readonly size: number
  readonly packedSize: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly isEncrypted: boolean
  /** Of its own header. */
  readonly offset: number
}

const mostMembers = 2_000
const mostDirectory = 4_194_304
const endBytes = 22
/** The comment behind the list has a length of 16 bits. */
const mostComment = 65_535

/** Empty for what has no such list. */
export async function readZipDirectory(blob: Blob): Promise<readonly ZipMember[]> {
  const tailStart = Math.max(0, blob.size - endBytes - mostComment)
  const tail = new DataView(await blob.slice(tailStart).arrayBuffer())
  for (let at = tail.byteLength - endBytes; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== 0x0605_4b50) continue
    const size = Math.min(tail.getUint32(at + 12, true), mostDirectory)
    const start = tail.getUint32(at + 16, true)
    return members(new DataView(await blob.slice(start, start + size).arrayBuffer()))
  }
  return []
}

export async function readZipNames(blob: Blob): Promise<readonly string[]> {
  return (await readZipDirectory(blob)).map(({ name }) => name)
}

function members(view: DataView): readonly ZipMember[] {
  const found: ZipMember[] = []
  let at = 0
  while (at + 46 <= view.byteLength && found.length < mostMembers && view.getUint32(at, true) === 0x0201_4b50) {
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const nameEnd = Math.min(view.byteLength, at + 46 + nameLength)
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameEnd - at - 46)
    found.push({
      name: new TextDecoder().decode(bytes),
      size: view.getUint32(at + 24, true),
      packedSize: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & 1) === 1,
      offset: view.getUint32(at + 42, true),
    })
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return found
}
