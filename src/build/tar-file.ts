/** One file of an archive. */
export interface TarEntry {
  /** At most 100 bytes: what we pack is short. */
  readonly name: string
  readonly content: Uint8Array
  /** Milliseconds since 1970. Web servers make their validators from it. */
  readonly modified: number
}

const block = 512

/** Files as one POSIX archive (ustar), readable by everybody. */
export function tarFile(entries: readonly TarEntry[]): Uint8Array {
  const parts = entries.flatMap(({ name, content, modified }) => [
    header(name, content.byteLength, modified),
    content,
    new Uint8Array((block - (content.byteLength % block)) % block),
  ])
  return Buffer.concat([...parts, new Uint8Array(2 * block)])
}

function header(name: string, size: number, modified: number): Uint8Array {
  const head = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new RangeError(`${name} is too long for an archive.`)
  const octal = (value: number, length: number): string => value.toString(8).padStart(length, '0') + '\0'
  head.write(name, 0)
  head.write(octal(0o644, 7), 100)
  head.write(octal(0, 7), 108)
  head.write(octal(0, 7), 116)
  head.write(octal(size, 11), 124)
  head.write(octal(Math.floor(modified / 1000), 11), 136)
  head.write('0ustar\x0000', 156)
  // the sum is taken with blanks in its own place
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(octal(sum, 6) + ' ', 148)
  return head
}
