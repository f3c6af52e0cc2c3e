/** A baseline JPEG encoder, enough for the pictures of the demo mailbox. */
import { acTable, codesOf, dcTable, quantisation, zigzag, type HuffmanTable } from './jpeg-tables.ts'

/** Colour of a pixel, 0 to 255 each. */
export type Painter = (x: number, y: number) => readonly [red: number, green: number, blue: number]

/** DCT basis: `basis[u * 8 + x]`. */
const basis = Float64Array.from({ length: 64 }, (_, index) => {
  const u = index >> 3
  return Math.cos(((2 * (index & 7) + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5
})

class BitWriter {
  readonly #bytes: number[] = []
  #bits = 0
  #count = 0

  put(bits: number, length: number): void {
    this.#bits = (this.#bits << length) | bits
    this.#count += length
    while (this.#count >= 8) {
      this.#count -= 8
      const byte = (this.#bits >> this.#count) & 0xff
      this.#bytes.push(byte)
      // a marker begins with FF: data that looks like one is followed by 00
      if (byte === 0xff) this.#bytes.push(0)
    }
    this.#bits &= (1 << this.#count) - 1
  }

  finish(): number[] {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count)
    return this.#bytes
  }
}

/** Encodes a picture whose sides are multiples of 8; `divisor` 1 is coarse, larger is finer. */
export function encodeJpeg(width: number, height: number, paint: Painter, divisor: number): Uint8Array {
  const steps = quantisation.map((step) => Math.max(1, Math.round(step / divisor)))
  const dc = codesOf(dcTable)
  const ac = codesOf(acTable)
  const writer = new BitWriter()
  const last = [0, 0, 0]
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      planes(left, top, paint).forEach((samples, component) => {
        const block = transform(samples, steps)
        writeBlock(block, last[component] ?? 0, writer, dc, ac)
        last[component] = block[0] ?? 0
      })
    }
  }
  return Uint8Array.from([...head(width, height, steps), ...writer.finish(), 0xff, 0xd9])
}

/** Where the first segment, which names the format, ends. */
const afterFirst = 20

/** Puts empty comment segments after the first one, as cameras put their notes, until the file has `bytes`. */
export function padJpeg(jpeg: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes)
  out.set(jpeg.subarray(0, afterFirst))
  let at = afterFirst
  let missing = bytes - jpeg.length
  while (missing > 0) {
    // never leave less than the smallest segment for the next round
    const whole = missing <= 65_000 ? missing : Math.min(65_000, missing - 8)
    out.set([0xff, 0xfe, (whole - 2) >> 8, (whole - 2) & 0xff], at)
    at += whole
    missing -= whole
  }
  out.set(jpeg.subarray(afterFirst), at)
  return out
}

/** Brightness and the two colour differences of one block, around zero. */
function planes(left: number, top: number, paint: Painter): [Float64Array, Float64Array, Float64Array] {
  const y = new Float64Array(64)
  const cb = new Float64Array(64)
  const cr = new Float64Array(64)
  for (let i = 0; i < 64; i++) {
    const [r, g, b] = paint(left + (i & 7), top + (i >> 3))
    y[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128
    cb[i] = -0.1687 * r - 0.3313 * g + 0.5 * b
    cr[i] = 0.5 * r - 0.4187 * g - 0.0813 * b
  }
  return [y, cb, cr]
}

/** DCT by rows, then by columns; the result is quantised and in zigzag order. */
function transform(samples: Float64Array, steps: readonly number[]): Int32Array {
  const half = new Float64Array(64)
  for (let row = 0; row < 8; row++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += (samples[row * 8 + x] ?? 0) * (basis[u * 8 + x] ?? 0)
      half[row * 8 + u] = sum
    }
  }
  const block = new Int32Array(64)
  zigzag.forEach((position, index) => {
    const v = position >> 3
    const u = position & 7
    let sum = 0
    for (let row = 0; row < 8; row++) sum += (half[row * 8 + u] ?? 0) * (basis[v * 8 + row] ?? 0)
    block[index] = Math.round(sum / (steps[position] ?? 1))
  })
  return block
}

type Codes = ReadonlyMap<number, readonly [number, number]>

function writeBlock(block: Int32Array, lastDc: number, writer: BitWriter, dc: Codes, ac: Codes): void {
  writeValue((block[0] ?? 0) - lastDc, 0, writer, dc)
  let end = 63
  while (end > 0 && block[end] === 0) end--
  let run = 0
  for (let i = 1; i <= end; i++) {
    const value = block[i] ?? 0
    if (value === 0) {
      run++
      continue
    }
    for (; run > 15; run -= 16) writer.put(...codeOf(ac, 0xf0))
    writeValue(value, run << 4, writer, ac)
    run = 0
  }
  if (end < 63) writer.put(...codeOf(ac, 0))
}

/** A size as a code, then the value in that many bits; negative ones counted from below (T.81 F.1.2.1). */
function writeValue(value: number, prefix: number, writer: BitWriter, codes: Codes): void {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value))
  writer.put(...codeOf(codes, prefix | size))
  if (size > 0) writer.put(value < 0 ? value + (1 << size) - 1 : value, size)
}

function codeOf(codes: Codes, value: number): readonly [number, number] {
  const code = codes.get(value)
  if (code === undefined) throw new Error(`No code for ${value}.`)
  return code
}

function head(width: number, height: number, steps: readonly number[]): number[] {
  const word = (value: number): number[] => [value >> 8, value & 0xff]
  const segment = (marker: number, data: readonly number[]): number[] => [
    0xff,
    marker,
    ...word(data.length + 2),
    ...data,
  ]
  const huffman = (id: number, table: HuffmanTable): number[] => segment(0xc4, [id, ...table.counts, ...table.values])
  const components = [1, 2, 3]
  return [
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...zigzag.map((position) => steps[position] ?? 1)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), 3, ...components.flatMap((id) => [id, 0x11, 0])]),
    ...huffman(0x00, dcTable),
    ...huffman(0x10, acTable),
    ...segment(0xda, [3, ...components.flatMap((id) => [id, 0x00]), 0, 63, 0]),
  ]
}
