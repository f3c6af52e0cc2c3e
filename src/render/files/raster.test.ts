// @vitest-environment node
import { expect, it } from 'vitest'
import { checkRaster, rasterSize } from './raster.ts'

function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(33))
  view.setUint32(0, 0x8950_4e47)
  view.setUint32(4, 0x0d0a_1a0a)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return new Uint8Array(view.buffer)
}

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part)),
  )

it.each([
  ['image/png', png(640, 480), { width: 640, height: 480 }],
  ['image/gif', bytes('GIF89a', [0x80, 2, 0xe0, 1]), { width: 640, height: 480 }],
  [
    'image/bmp',
    bytes('BM', Array(12).fill(0) as number[], [40, 0, 0, 0, 0x80, 2, 0, 0], [0x20, 0xfe, 0xff, 0xff]),
    { width: 640, height: 480 },
  ],
  [
    'image/jpeg',
    bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 0, 0]),
    { width: 640, height: 480 },
  ],
  [
    'image/webp',
    bytes('RIFF....WEBPVP8X', Array(8).fill(0) as number[], [0x7f, 2, 0, 0xdf, 1, 0]),
    { width: 640, height: 480 },
  ],
  ['image/webp', bytes('RIFF....WEBPVP8L', [0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0]), { width: 640, height: 480 }],
  [
    'image/avif',
    bytes('....ftypavif', 'ispe', [0, 0, 0, 0, 0, 0, 2, 0x80, 0, 0, 1, 0xe0]),
    { width: 640, height: 480 },
  ],
  ['image/png', bytes('\x89PNG'), null],
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xda, 0, 4, 0, 0, 0, 0, 0, 0]), null],
] as const)('%s tells its size', (type, given, expected) => {
  expect(rasterSize(type, given)).toEqual(expected)
})

it('gives pixels our own type, and refuses what has none or asks for too many', async () => {
  const picture = await checkRaster(new Blob([png(640, 480)], { type: 'text/html' }))
  expect(picture.kind === 'picture' && picture.blob.type).toBe('image/png')
  expect(await checkRaster(new Blob([png(20_000, 20_000)]))).toEqual({
    kind: 'tooLarge',
    width: 20_000,
    height: 20_000,
  })
  expect(await checkRaster(new Blob(['<svg/>'], { type: 'image/png' }))).toEqual({ kind: 'noPicture' })
})
