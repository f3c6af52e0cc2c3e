import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { ListPlaces } from '../../state/list-places.ts'
import type { ListLayout } from './list-layout.ts'
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

test('rows that come up below the edge are made once nothing has left for a moment, those in view at once', async () => {
  let length = $state.raw(100)
  const [clock, heights] = [new ManualClock(), new MeasuredHeights(new ListPlaces())]
  heights.measured({ row: 10, head: 0, view: 200 })
  const viewports: ListViewport[] = []
  const stop = $effect.root(() => {
    const layout = (): ListLayout => ({ length, pitch: 10, headHeight: 0, heads: [] })
    viewports.push(new ListViewport({ clock, heights, layout, onHold: () => undefined }))
  })
  const rendered = (): unknown => {
    flushSync()
    return viewports[0]?.rendered
  }
  viewports[0]?.didShowRows()
  flushSync()
  paint()
  expect(rendered()).toEqual({ from: 0, to: 25 })
  length = 98
  expect(rendered()).toEqual({ from: 0, to: 23 })
  paint()
  await clock.advance(60)
  expect(rendered()).toEqual({ from: 0, to: 23 })
  length = 97
  expect(rendered()).toEqual({ from: 0, to: 22 })
  await clock.advance(60)
  expect(rendered()).toEqual({ from: 0, to: 22 })
  await clock.advance(60)
  expect(rendered()).toEqual({ from: 0, to: 25 })
  length = 50
  expect(rendered()).toEqual({ from: 0, to: 20 })
  length = 51
  await clock.advance(100)
  expect(rendered()).toEqual({ from: 0, to: 25 })
  stop()
})
