import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { ListPlaces } from '../../state/list-places.ts'
import { MeasuredHeights } from './list-heights.svelte.ts'
import { ListViewport } from './list-viewport.svelte.ts'

const frames: (() => void)[] = []

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work))
})
afterEach(() => {
  frames.length = 0
  vi.unstubAllGlobals()
})

/** The frame that is being made, and the one after it. */
function paint(): void {
  for (let frame = 0; frame < 2; frame += 1) for (const work of frames.splice(0)) work()
  flushSync()
}

test('rows that come up below the edge are made after the paint in which others left, those in view at once', () => {
  let length = $state.raw(100)
  const heights = new MeasuredHeights(new ListPlaces())
  heights.measured({ row: 10, head: 0, view: 200 })
  const stop = $effect.root(() => {
    const viewport = new ListViewport({
      clock: new ManualClock(),
      heights,
      layout: () => ({ length, pitch: 10, headHeight: 0, heads: [] }),
      onHold: () => undefined,
    })
    viewport.didShowRows()
    flushSync()
    paint()
    expect(viewport.rendered).toEqual({ from: 0, to: 25 })
    length = 98
    flushSync()
    expect(viewport.rendered).toEqual({ from: 0, to: 23 })
    paint()
    expect(viewport.rendered).toEqual({ from: 0, to: 25 })
    length = 50
    flushSync()
    expect(viewport.rendered).toEqual({ from: 0, to: 20 })
    length = 51
    flushSync()
    paint()
    expect(viewport.rendered).toEqual({ from: 0, to: 25 })
  })
  stop()
})
