import { describe, expect, it } from 'vitest'
import { eid, tid } from '../replica/testing/rows.ts'
import { FarWindows } from './far-windows.ts'
import type { FarRequest } from './far-windows.ts'
import type { FetchedWindow } from '../sync/engine-port.ts'

function answer(position: number, count: number, total: number, prefix = 'e'): FetchedWindow {
  const numbers = Array.from({ length: count }, (_, index) => position + index)
  return {
    position,
    total,
    emailIds: numbers.map((n) => eid(`${prefix}${String(n)}`)),
    threadIds: numbers.map((n) => tid(`t${String(n)}`)),
  }
}

function fetchAt(windows: FarWindows, total: number, position: number): FarRequest {
  const [request] = windows.wanted(total, position, position, 0)
  if (!request) throw new Error('nothing wanted')
  windows.put(request, total, answer(request.position, request.limit, total))
  return request
}

describe('windows below the horizon', () => {
  it('asks for whole windows, and never above the horizon', () => {
    const windows = new FarWindows()
    expect(windows.wanted(214, 120, 180, 100)).toEqual([
      { key: 1, position: 114, limit: 50 },
      { key: 0, position: 164, limit: 50 },
    ])
    expect(windows.wanted(214, 0, 90, 100)).toEqual([])
  })

  it('keeps each row when mail arrives at the top: its position moves by one, nothing is asked again', () => {
    const windows = new FarWindows()
    fetchAt(windows, 214, 180)
    expect(windows.at(214, 180)?.key).toBe('t180')
    expect(windows.at(215, 181)?.key).toBe('t180')
    expect(windows.wanted(215, 181, 181, 100)).toEqual([])
  })

  it('lets a row that left go at once and closes the gap', () => {
    const windows = new FarWindows()
    fetchAt(windows, 214, 180)
    windows.remove(tid('t180'))
    expect(windows.at(213, 179)?.key).toBe('t179')
    expect(windows.at(213, 180)?.key).toBe('t181')
    expect(windows.positionOf(213, tid('t180'))).toBe(-1)
  })

  it('shows stale windows and asks for them again', () => {
    const windows = new FarWindows()
    const request = fetchAt(windows, 214, 180)
    windows.markStale()
    expect(windows.at(214, 180)?.key).toBe('t180')
    expect(windows.wanted(214, 180, 180, 100)).toEqual([request])
    expect(windows.isStale(request.key)).toBe(true)
  })

  it('never has a thread in two places: a later answer moves it', () => {
    const windows = new FarWindows()
    const request = fetchAt(windows, 214, 180)
    windows.put(request, 214, { ...answer(164, 1, 214), threadIds: [tid('t170')], emailIds: [eid('new')] })
    expect(windows.positionOf(214, tid('t170'))).toBe(164)
    expect(windows.at(214, 170)).toBeUndefined()
  })

  it('counts from the top while no total is known', () => {
    const windows = new FarWindows()
    const [request] = windows.wanted(0, 60, 60, 40)
    expect(request).toEqual({ key: -2, position: 50, limit: 50 })
    if (request) windows.put(request, 0, answer(50, 20, 0))
    expect(windows.at(0, 60)?.key).toBe('t60')
  })

  it('lets go of windows that were scrolled past, and asks for them again when they are seen again', () => {
    const windows = new FarWindows()
    const first = fetchAt(windows, 200_000, 1_000)
    for (let position = 50_000; position < 52_000; position += 50) {
      fetchAt(windows, 200_000, position)
      windows.forget(200_000, position, position + 10)
    }
    expect(windows.at(200_000, 1_000)).toBeUndefined()
    expect(windows.positionOf(200_000, tid('t1000'))).toBe(-1)
    expect(windows.wanted(200_000, 1_000, 1_000, 0)).toEqual([first])
    expect(windows.at(200_000, 51_950)?.key).toBe('t51950')
    expect(windows.at(200_000, 51_700)?.key).toBe('t51700')
    expect(Array.from(windows.entries()).length).toBeLessThan(500)
  })
})
