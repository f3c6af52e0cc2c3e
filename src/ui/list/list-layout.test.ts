import { describe, expect, it } from 'vitest'
import { extentOf, heightOf, offsetOf, positionAt } from './list-layout.ts'
import { ScrollScale } from './scroll-scale.ts'
import type { ListLayout } from './list-layout.ts'

const layout: ListLayout = { length: 100, pitch: 80, headHeight: 28, heads: [0, 3, 10] }

describe('the layout of a list', () => {
  it('gives each head room above its row, inside the row', () => {
    expect(offsetOf(layout, 0)).toBe(0)
    expect(heightOf(layout, 0)).toBe(108)
    expect(offsetOf(layout, 1)).toBe(108)
    expect(offsetOf(layout, 3)).toBe(268)
    expect(offsetOf(layout, 4)).toBe(376)
    expect(extentOf(layout)).toBe(8084)
  })

  it('finds for every pixel the row whose box holds it', () => {
    for (let position = 0; position < layout.length; position += 1) {
      const start = offsetOf(layout, position)
      expect(positionAt(layout, start)).toBe(position)
      expect(positionAt(layout, start + heightOf(layout, position) - 1)).toBe(position)
    }
  })

  it('answers the first and the last row outside, and 0 for an empty list', () => {
    expect(positionAt(layout, -50)).toBe(0)
    expect(positionAt(layout, 1e9)).toBe(99)
    expect(positionAt({ ...layout, length: 0, heads: [] }, 500)).toBe(0)
  })
})

describe('a list that is longer than a browser can scroll', () => {
  const extent = 64_000_000
  const height = 800

  it('reaches both ends by the thumb', () => {
    const scale = new ScrollScale()
    scale.resize(extent, height)
    expect(scale.boxHeight).toBe(10_000_000)
    scale.scrolled(scale.boxHeight - height)
    expect(scale.real).toBe(extent - height)
    scale.scrolled(0)
    expect(scale.real).toBe(0)
  })

  it('scales far jumps and keeps near steps pixel for pixel', () => {
    const scale = new ScrollScale()
    scale.resize(extent, height)
    scale.scrolled(5_000_000)
    const middle = scale.real
    expect(middle / extent).toBeCloseTo(0.5, 3)
    scale.scrolled(5_000_120)
    expect(scale.real - middle).toBe(120)
    expect(scale.real - scale.gap).toBe(5_000_120)
  })

  it('shows the pixel that was asked for at the top of the box', () => {
    const scale = new ScrollScale()
    scale.resize(extent, height)
    const box = scale.moveTo(48_000_000)
    expect(box).toBeLessThan(10_000_000)
    expect(scale.real).toBe(48_000_000)
    expect(48_000_000 - scale.gap).toBeCloseTo(box, 3)
  })
})
