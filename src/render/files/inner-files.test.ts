// @vitest-environment node
import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readInnerFiles } from './inner-files.ts'

interface Member {
  readonly name: string
  readonly content: string
  readonly method?: number
  readonly size?: number
}

/** An archive as other programs write it, with what they say of a file's size. */
function zipOf(members: readonly Member[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const list: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (const { name, content, method = 8, size = content.length } of members) {
    const named = new TextEncoder().encode(name)
    const packed = method === 8 ? new Uint8Array(deflateRawSync(content)) : new TextEncoder().encode(content)
    const local = new DataView(new ArrayBuffer(30))
    local.setUint32(0, 0x0403_4b50, true)
    local.setUint16(26, named.length, true)
    const entry = new DataView(new ArrayBuffer(46))
    entry.setUint32(0, 0x0201_4b50, true)
    entry.setUint16(10, method, true)
    entry.setUint32(20, packed.length, true)
    entry.setUint32(24, size, true)
    entry.setUint16(28, named.length, true)
    entry.setUint32(42, offset, true)
    list.push(new Uint8Array(entry.buffer), named)
    parts.push(new Uint8Array(local.buffer), named, packed)
    offset += 30 + named.length + packed.length
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x0605_4b50, true)
  end.setUint32(
    12,
    list.reduce((sum, part) => sum + part.length, 0),
    true,
  )
  end.setUint32(16, offset, true)
  return new Blob([...parts, ...list, end.buffer])
}

it('lists the files of an archive and unpacks the one that is asked for', async () => {
  const inner = await readInnerFiles(
    zipOf([
      { name: 'folder/', content: '', method: 0 },
      { name: 'folder/notes.txt', content: 'Hello '.repeat(100) },
      { name: 'plain.txt', content: 'as it is', method: 0 },
    ]),
  )
  expect(inner?.files.map(({ name }) => name)).toEqual(['folder/notes.txt', 'plain.txt'])
  expect(await (await inner!.files[0]!.open()).text()).toBe('Hello '.repeat(100))
  expect(await (await inner!.files[1]!.open()).text()).toBe('as it is')
})

it('stops a bomb at the size that it claims, and lists no more than a reader looks at', async () => {
  const bomb = await readInnerFiles(zipOf([{ name: 'bomb.txt', content: '0'.repeat(5_000_000), size: 1_000 }]))
  await expect(bomb!.files[0]!.open()).rejects.toThrow('larger than it says')
  const many = Array.from({ length: 300 }, (_, index) => ({ name: `${String(index)}.txt`, content: 'x' }))
  const inner = await readInnerFiles(zipOf(many))
  expect([inner?.files.length, inner?.left]).toEqual([200, 100])
})

it('takes nothing else for files', async () => {
  expect(await readInnerFiles(new Blob(['text']))).toBeNull()
  const unknown = await readInnerFiles(zipOf([{ name: 'a.txt', content: 'x', method: 99 }]))
  await expect(unknown!.files[0]!.open()).rejects.toThrow('method 99')
})

it('tells an archive whose list is damaged from an empty one', async () => {
  expect(await readInnerFiles(new Blob(['PK\x03\x04 nothing']))).toBeNull()
  expect(await readInnerFiles(new Blob(['PK\x05\x06', new Uint8Array(18)]))).toEqual({ files: [], left: 0 })
})
