/** The files in a file: a `winmail.dat` or a ZIP archive. They are listed first, and unpacked one by one when asked for. */
import { readContent } from './content.ts'
import { readTnef } from './tnef.ts'
import { readZipDirectory, type ZipMember } from './zip-directory.ts'

interface InnerFile {
  readonly name: string | null
  /** As its container says; null where that says nothing. */
  readonly type: string | null
  readonly size: number
  /** Rejects for what cannot be unpacked. */
  readonly open: () => Promise<Blob>
}

export interface InnerFiles {
  readonly files: readonly InnerFile[]
  /** How many there are more than those. */
  readonly left: number
}

const mostListed = 200
/** What one file may become: a bomb says less than it holds. */
const mostUnpacked = 268_435_456
const mostTnef = 134_217_728

/** Null for what holds no files that can be read here. */
export async function readInnerFiles(blob: Blob): Promise<InnerFiles | null> {
  const content = await readContent(blob)
  if (content === 'tnef' && blob.size <= mostTnef) {
    const files = readTnef(new Uint8Array(await blob.arrayBuffer()))?.map(({ name, type, bytes }) => {
      const inner = new Blob([bytes])
      return { name, type, size: inner.size, open: () => Promise.resolve(inner) }
    })
    return files ? { files, left: 0 } : null
  }
  if (content !== 'zip') return null
  const listed = await readZipDirectory(blob)
  // an empty archive is its end alone; of another one the list is damaged
  if (listed.length === 0 && (await blob.slice(0, 4).text()) !== 'PK\x05\x06') return null
  const members = listed.filter(({ name }) => !name.endsWith('/'))
  const files = members.slice(0, mostListed).map((member) => ({
    name: member.name,
    type: null,
    size: member.size,
    open: () => unpack(blob, member),
  }))
  return { files, left: members.length - files.length }
}

async function unpack(blob: Blob, member: ZipMember): Promise<Blob> {
  const head = new DataView(await blob.slice(member.offset, member.offset + 30).arrayBuffer())
  if (member.isEncrypted || head.byteLength < 30 || head.getUint32(0, true) !== 0x0403_4b50)
    throw new Error('locked, or not where its list says')
  const start = member.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  const packed = blob.slice(start, start + member.packedSize)
  if (member.method === 0) return packed
  if (member.method !== 8) throw new Error(`method ${String(member.method)}`)
  const parts: BlobPart[] = []
  let size = 0
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(parts)
    size += value.byteLength
    if (size > Math.min(member.size, mostUnpacked)) {
      await reader.cancel()
      throw new Error('larger than it says')
    }
    parts.push(value)
  }
}
