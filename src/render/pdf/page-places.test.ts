import { expect, it } from 'vitest'
import { gap, PagePlaces } from './page-places.ts'

const portrait = { width: 500, height: 700 }

function places(count: number, room = 500, factor = 1): PagePlaces {
  const made = new PagePlaces(count, portrait)
  made.fit(room, factor)
  return made
}

it('fits each page to the width, and blows up none', () => {
  expect(places(1, 250).size(0)).toEqual({ width: 250, height: 350 })
  expect(places(1, 5_000).size(0)).toEqual({ width: 1_000, height: 1_400 })
  expect(places(1, 500, 2).size(0)).toEqual({ width: 1_000, height: 1_400 })
  expect(places(1, -20).size(0)).toEqual({ width: 1, height: 1 })
})

it('knows what is in view, from the first page to the last', () => {
  const many = places(500)
  expect(many.between(0, 600)).toEqual([0, 0])
  expect(many.between(0, 730)).toEqual([0, 1])
  const top = many.top(250)
  expect(top).toBe(gap + 250 * (700 + gap))
  expect(many.between(top, top + 10)).toEqual([250, 250])
  expect(many.between(1e9, 2e9)).toEqual([499, 499])
})

it('moves what stands below a page of another size', () => {
  const few = places(3)
  expect(few.learn(0, portrait)).toBe(false)
  expect(few.learn(0, { width: 700, height: 500 })).toBe(true)
  expect(few.size(0)).toEqual({ width: 500, height: 357 })
  expect(few.top(1)).toBe(gap + 357 + gap)
  expect(few.learn(7, portrait)).toBe(false)
})
