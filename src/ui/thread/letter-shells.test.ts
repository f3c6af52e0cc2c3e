import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeShells } from './letter-shells.ts'
import type { Place, Shell } from './letter-shells.ts'

function maker(): () => string {
  let made = 0
  return () => `n${String((made += 1))}`
}
const place = (letter: string, wantsFrame: boolean): Place => ({ letter, wantsFrame })
const shell = (key: string, letter: string | null): Shell => ({ key, letter })

describe('which article a letter gets', () => {
  it('gives the live article of the last conversation to the open letter of the next', () => {
    const shells = arrangeShells({
      previous: [shell('a', 'old 1'), shell('live', 'old 2')],
      places: [place('1', false), place('2', true), place('3', false)],
      live: new Set(['live']),
      spare: 0,
      newKey: maker(),
    })
    expect(shells).toEqual([shell('n1', '1'), shell('live', '2'), shell('n2', '3')])
  })

  it('keeps the article of a letter that is still shown', () => {
    const previous = [shell('a', '1'), shell('b', '2')]
    const shells = arrangeShells({
      previous,
      places: [place('1', true), place('2', true), place('3', false)],
      live: new Set(['b']),
      spare: 0,
      newKey: maker(),
    })
    expect(shells).toEqual([shell('a', '1'), shell('b', '2'), shell('n1', '3')])
  })

  it('makes a new article rather than take a live one that stands above', () => {
    const shells = arrangeShells({
      previous: [shell('live', null), shell('a', '1')],
      places: [place('1', false), place('2', true)],
      live: new Set(['live']),
      spare: 0,
      newKey: maker(),
    })
    expect(shells).toEqual([shell('a', '1'), shell('n1', '2')])
  })

  it('parks one article with its frame while nothing of the next conversation is known', () => {
    const shells = arrangeShells({
      previous: [shell('x', 'old'), shell('live', 'open')],
      places: [],
      live: new Set(['live']),
      spare: 1,
      newKey: maker(),
    })
    expect(shells).toEqual([shell('live', null)])
  })

  it('never changes the order of articles that stay, over any sequence of conversations', () => {
    const places = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), {
      selector: ([id]) => id,
      maxLength: 8,
    })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(places, fc.integer({ min: 0, max: 3 })), { maxLength: 12 }),
        fc.integer(),
        (threads, seed) => {
          const newKey = maker()
          let previous: readonly Shell[] = []
          for (const [index, [letters, thread]] of threads.entries()) {
            // letters of one conversation keep their order; another conversation has other letters
            const sorted = letters
              .toSorted(([a], [b]) => a - b)
              .map(([id, open]) => place(`${String(thread)}:${String(id)}`, open))
            const live = new Set(previous.filter((_, at) => (at + index + seed) % 2 === 0).map(({ key }) => key))
            const next = arrangeShells({ previous, places: sorted, live, spare: sorted.length === 0 ? 1 : 0, newKey })
            const before = previous.map(({ key }) => key)
            const stayed = next.map(({ key }) => before.indexOf(key)).filter((at) => at >= 0)
            expect(stayed).toEqual(stayed.toSorted((a, b) => a - b))
            expect(new Set(next.map(({ key }) => key)).size).toBe(next.length)
            expect(next.filter((one) => one.letter !== null).map((one) => one.letter)).toEqual(
              sorted.map((one) => one.letter),
            )
            previous = next
          }
        },
      ),
    )
  })
})
