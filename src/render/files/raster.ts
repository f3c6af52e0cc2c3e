/**
 * How large a picture says that it is, read from its header: a few bytes can ask for gigabytes of memory. Null where the
 * header does not tell.
 */
import { contentOf, headBytes, isRaster, type RasterType } from './content.ts'

export interface Raster {
  readonly type: RasterType
  readonly width: number
  readonly height: number
}

/** 40 megapixels (security.md §3.4). */
const mostPixels = 40_000_000

/** A camera's metadata stands before what says the size. */
const farBytes = 262_144

export type RasterFinding =
  /** Pixels, under our own type and of no other. */
  | { readonly kind: 'picture'; readonly blob: Blob }
  | { readonly kind: 'tooLarge'; readonly width: number; readonly height: number }
  | { readonly kind: 'noPicture' }

/** What may be shown of a file that is said to be a picture. */
export async function checkRaster(blob: Blob): Promise<RasterFinding> {
  const bytes = new Uint8Array(await blob.slice(0, farBytes).arrayBuffer())
  const type = contentOf(bytes.subarray(0, headBytes))
  if (!isRaster(type)) return { kind: 'noPicture' }
  const size = rasterSize(type, bytes)
  if (size && size.width * size.height > mostPixels) return { kind: 'tooLarge', ...size }
  return { kind: 'picture', blob: new Blob([blob], { type }) }
}

export function rasterSize(type: RasterType, bytes: Uint8Array): Pick<Raster, 'width' | 'height'> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (type) {
      case 'image/png':
        return { width: view.getUint32(16), height: view.getUint32(20) }
      case 'image/gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      case 'image/bmp':
        return view.getUint32(14, true) === 12
          ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
          : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
      case 'image/webp':
        return webpSize(view)
      case 'image/jpeg':
        return jpegSize(view)
      case 'image/avif':
        return avifSize(view)
    }
  } catch {
    // it ends before it says so
    return null
  }
}

function webpSize(view: DataView): { width: number; height: number } | null {
  switch (view.getUint32(12)) {
    case 0x5650_3858: // VP8X
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
    case 0x5650_384c: {
      // VP8L
      const bits = view.getUint32(21, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 0x5650_3820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return null
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16)
}

/** Segments follow one another; the first that starts a frame tells its size. */
function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    if (marker === 0xda || marker === 0xd9) return null
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}

/** The largest of the boxes that tell a size: an image may be made of tiles, and come with a thumbnail. */
function avifSize(view: DataView): { width: number; height: number } | null {
  let largest: { width: number; height: number } | null = null
  for (let at = 0; at + 16 <= Math.min(view.byteLength, 65_536); at += 1) {
    if (view.getUint32(at) !== 0x6973_7065) continue // ispe
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}
