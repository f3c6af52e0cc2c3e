import { describe, expect, it } from 'vitest'
import { encodePng } from '../../src/build/png.ts'
import { crop, decodePng, shareThatDiffers } from './png-pixels.ts'

const picture = (width: number, height: number, at: (x: number, y: number) => number): Uint8Array => {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.fill(at(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3)
  }
  return encodePng(width, height, rgba)
}

describe('pixels of a picture', () => {
  it('are what was drawn', () => {
    const { width, height, rgb } = decodePng(picture(3, 2, (x, y) => x * 10 + y))
    expect([width, height]).toEqual([3, 2])
    expect([...rgb]).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20, 1, 1, 1, 11, 11, 11, 21, 21, 21])
    expect([...crop({ width, height, rgb }, { left: 1, top: 1, width: 5, height: 1 }).rgb]).toEqual([
      11, 11, 11, 21, 21, 21,
    ])
  })

  it('differ where they are clearly others, and where one picture ends before the other', () => {
    const plain = decodePng(picture(4, 4, () => 100))
    expect(shareThatDiffers(plain, decodePng(picture(4, 4, () => 105)))).toBe(0)
    expect(shareThatDiffers(plain, decodePng(picture(4, 4, (x) => (x === 0 ? 120 : 100))))).toBe(0.25)
    expect(shareThatDiffers(plain, decodePng(picture(4, 5, () => 100)))).toBeCloseTo(0.2)
  })
})
