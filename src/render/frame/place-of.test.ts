import { afterEach, expect, test } from 'vitest'
import { topOf } from './place-of.ts'

const { body } = document

/** A body that is 900 px wide by itself, and a place in it; `told` of both is what the engine says. */
function placeIn(scale: string, told: { width: number; top: number }): Element {
  if (scale) body.style.setProperty('zoom', scale)
  Object.defineProperty(body, 'offsetWidth', { configurable: true, value: 900 })
  body.getBoundingClientRect = () => new DOMRect(0, 0, told.width, 2000)
  const place = document.createElement('p')
  place.getBoundingClientRect = () => new DOMRect(0, told.top, 10, 10)
  return place
}

afterEach(() => {
  body.removeAttribute('style')
  Reflect.deleteProperty(body, 'offsetWidth')
  Reflect.deleteProperty(body, 'getBoundingClientRect')
})

test.each([
  ['as it is', '', 900, 600, 600],
  ['scaled, told in px of the frame', '0.5', 450, 300, 300],
  ['scaled, told in px of its own', '0.5', 900, 600, 300],
  ['hardly scaled, told in px of its own', '0.99', 900, 600, 594],
  ['hardly scaled, told in px of the frame', '0.99', 891, 594, 594],
])('a place in a letter that is %s', (_, scale, width, top, found) => {
  expect(topOf(placeIn(scale, { width, top }), document)).toBeCloseTo(found)
})
