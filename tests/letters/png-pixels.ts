/** Pictures as browsers write them, to be compared: 8 bits a channel, not interlaced. */
import { inflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue, row by row. */
  readonly rgb: Uint8Array
}

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 }

export function decodePng(png: Uint8Array): Pixels {
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  const parts: Buffer[] = []
  let [width, height, channels] = [0, 0, 0]
  for (let at = 8; at < data.length;) {
    const size = data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    const body = data.subarray(at + 8, at + 8 + size)
    if (type === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = channelsOf[body[9] ?? -1] ?? 0
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('a PNG of another kind')
    } else if (type === 'IDAT') parts.push(body)
    at += size + 12
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) }
}

/** PNG, §9: each row begins with the kind of its filter. */
function unfilter(rows: Buffer, width: number, height: number, channels: number): Uint8Array {
  const length = width * channels
  const rgb = new Uint8Array(width * height * 3)
  let above = new Uint8Array(length)
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1)
    const filter = rows[start]
    const row = new Uint8Array(rows.subarray(start + 1, start + 1 + length))
    for (let x = 0; x < length; x++) {
      const a = x < channels ? 0 : (row[x - channels] ?? 0)
      const b = above[x] ?? 0
      const c = x < channels ? 0 : (above[x - channels] ?? 0)
      const by = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : filter === 4 ? paeth(a, b, c) : 0
      row[x] = (row[x] ?? 0) + by
    }
    for (let x = 0; x < width; x++) {
      const [from, to] = [x * channels, (y * width + x) * 3]
      for (let i = 0; i < 3; i++) rgb[to + i] = row[from + i] ?? 0
    }
    above = row
  }
  return rgb
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

export function crop({ width, height, rgb }: Pixels, rect: Rect): Pixels {
  const left = Math.max(0, Math.round(rect.left))
  const top = Math.max(0, Math.round(rect.top))
  const w = Math.min(width - left, Math.round(rect.width))
  const h = Math.min(height - top, Math.round(rect.height))
  const kept = new Uint8Array(w * h * 3)
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * width + left) * 3
    kept.set(rgb.subarray(from, from + w * 3), y * w * 3)
  }
  return { width: w, height: h, rgb: kept }
}

/** What a channel may differ by, of 255: less is how an edge was smoothed. */
const tolerance = 8

/** Share of the pixels that differ; what one picture has and the other has not differs. */
export function shareThatDiffers(one: Pixels, other: Pixels): number {
  const [width, height] = [Math.max(one.width, other.width), Math.max(one.height, other.height)]
  const [w, h] = [Math.min(one.width, other.width), Math.min(one.height, other.height)]
  let same = 0
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [a, b] = [(y * one.width + x) * 3, (y * other.width + x) * 3]
      const isSame = [0, 1, 2].every((i) => Math.abs((one.rgb[a + i] ?? 0) - (other.rgb[b + i] ?? 0)) <= tolerance)
      if (isSame) same++
    }
  }
  return 1 - same / (width * height)
}
