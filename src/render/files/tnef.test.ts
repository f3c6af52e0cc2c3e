// @vitest-environment node
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readInnerFiles } from './inner-files.ts'
import { readTnef } from './tnef.ts'

function u16(value: number): number[] {
  return [value & 255, value >>> 8]
}
function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)]
}
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const utf16 = (text: string): number[] => Array.from(text, (letter) => u16(letter.charCodeAt(0))).flat()
const attribute = (level: 1 | 2, id: number, data: readonly number[], length = data.length): number[] => [
  level,
  ...u16(id),
  ...u16(6),
  ...u32(length),
  ...data,
  0,
  0,
]
const property = (type: number, id: number, value: readonly number[]): number[] => [
  ...u16(type),
  ...u16(id),
  ...u32(1),
  ...u32(value.length),
  ...value,
  ...Array<number>((4 - (value.length % 4)) % 4).fill(0),
]
const begin = [0x78, 0x9f, 0x3e, 0x22, 1, 0]
const file = (...parts: readonly number[][]): Uint8Array<ArrayBuffer> => Uint8Array.from([...begin, ...parts.flat()])
const named = (files: ReturnType<typeof readTnef>): unknown =>
  files?.map(({ name, type, bytes }) => [name, type, new TextDecoder().decode(bytes)])

it('lists the files within, by their long names', () => {
  const read = readTnef(
    file(
      attribute(1, 0x9007, u32(1250)),
      attribute(2, 0x9002, []),
      attribute(2, 0x8010, ascii('REPORT~1.TXT\0')),
      attribute(2, 0x800f, ascii('Hello')),
      attribute(2, 0x9005, [
        ...u32(2),
        ...property(0x1f, 0x3707, utf16('Bericht über Öl.txt\0')),
        ...property(0x1e, 0x370e, ascii('text/plain\0')),
      ]),
      attribute(2, 0x9002, []),
      attribute(2, 0x8010, [0xbf, 0xf3, 0xb3, 0xe6, ...ascii('.txt\0')]),
      attribute(2, 0x9005, [...u32(1), ...property(0x102, 0x3701, ascii('Two'))]),
      attribute(2, 0x9002, []),
    ),
  )
  expect(named(read)).toEqual([
    ['Bericht über Öl.txt', 'text/plain', 'Hello'],
    ['żółć.txt', null, 'Two'],
  ])
})

it('ends where a length lies, with what it has', () => {
  const good = [attribute(2, 0x9002, []), attribute(2, 0x8010, ascii('a.txt\0')), attribute(2, 0x800f, ascii('a'))]
  expect(
    named(readTnef(file(...good, attribute(2, 0x9002, []), attribute(2, 0x800f, ascii('b'), 0xffff_ffff)))),
  ).toEqual([['a.txt', null, 'a']])
  expect(named(readTnef(file(...good, attribute(2, 0x9005, [...u32(0xffff_ffff), 2, 0, 7, 0x37]))))).toEqual([
    ['a.txt', null, 'a'],
  ])
  expect(readTnef(Uint8Array.from(ascii('no TNEF')))).toBeNull()
  expect(readTnef(file(attribute(2, 0x9006, ascii('b'), 0x7fff_ffff)))).toBeNull()
})

it('comes to an end soon, whatever comes', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      expect(readTnef(Uint8Array.from([...begin, ...noise]))?.length ?? 0).toBeLessThanOrEqual(200)
    }),
  )
  const many = Uint8Array.from([...begin, ...Array.from({ length: 60_000 }, () => attribute(2, 0x9002, [])).flat()])
  const started = performance.now()
  readTnef(many)
  expect(performance.now() - started).toBeLessThan(500)
})

it('is opened like any file of files', async () => {
  const blob = new Blob([
    file(attribute(2, 0x9002, []), attribute(2, 0x8010, ascii('a.txt\0')), attribute(2, 0x800f, ascii('Hello'))),
  ])
  const inner = await readInnerFiles(blob)
  expect(inner?.files.map(({ name, size }) => [name, size])).toEqual([['a.txt', 5]])
  expect(await (await inner!.files[0]!.open()).text()).toBe('Hello')
})
