/** The holes of `planted/` still fit the sources; that they are found is a step of its own. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openHole, readHoles } from './planted.ts'

const { mails } = JSON.parse(readFileSync('tests/fixtures/hostile/index.json', 'utf8')) as {
  mails: readonly { category: string }[]
}

test.each(readHoles().map((hole) => [hole.name, hole] as const))('%s fits', (_name, hole) => {
  expect(openHole(hole).size).toBeGreaterThan(0)
  expect(mails.some(({ category }) => category === hole.category)).toBe(true)
})

test('there are at least twenty, in every category that a mail can be seen to use', () => {
  expect(readHoles().length).toBeGreaterThanOrEqual(20)
  expect(new Set(readHoles().map(({ category }) => category)).size).toBeGreaterThanOrEqual(11)
})
