/** A `winmail.dat` made here (MS-OXTNEF): files by their long names, as Outlook writes them. */
const number = (value: number, bytes: 2 | 4): number[] =>
  Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 255)

const attribute = (id: number, data: readonly number[]): number[] => [
  2,
  ...number(id, 2),
  ...number(6, 2),
  ...number(data.length, 4),
  ...data,
  ...number(data.reduce((sum, byte) => sum + byte, 0) & 0xffff, 2),
]

function longName(name: string): number[] {
  const value = [...Buffer.from(`${name}\0`, 'utf16le')]
  const head = [...number(0x1f, 2), ...number(0x3707, 2), ...number(1, 4), ...number(value.length, 4)]
  return [...number(1, 4), ...head, ...value, ...Array<number>((4 - (value.length % 4)) % 4).fill(0)]
}

export function tnefOf(files: readonly { readonly name: string; readonly content: string }[]): Uint8Array {
  const parts = files.flatMap(({ name, content }) => [
    ...attribute(0x9002, []),
    ...attribute(0x800f, [...Buffer.from(content)]),
    ...attribute(0x9005, longName(name)),
  ])
  return Uint8Array.from([...number(0x223e_9f78, 4), 1, 0, ...parts])
}
