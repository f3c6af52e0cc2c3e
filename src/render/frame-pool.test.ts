import { describe, expect, it, vi } from 'vitest'
import { FramePool } from './frame-pool.ts'
import type { LetterFrame } from './letter-frame.ts'

/** A frame without a browsing context: the pool needs its life only. */
class FakeFrame {
  readonly mode: 'closed' | 'open'
  readonly height = 300
  readonly element = document.createElement('iframe')
  isGone = false
  constructor(mode: 'closed' | 'open') {
    this.mode = mode
  }
  clear(): void {
    this.isGone = false
  }
  destroy(): void {
    this.isGone = true
  }
}

function setUp(limit: number, kept?: number): { pool: FramePool; host: (top: number) => HTMLElement } {
  const create = (_host: HTMLElement, mode: 'closed' | 'open'): LetterFrame =>
    new FakeFrame(mode) as unknown as LetterFrame
  return {
    pool: new FramePool({ create, limit, ...(kept === undefined ? {} : { kept }) }),
    host: (top) => {
      const element = document.createElement('div')
      const box = { top, bottom: top + 100 } as DOMRect
      element.getBoundingClientRect = () => box
      element.getClientRects = () => [box] as unknown as DOMRectList
      return element
    },
  }
}

describe('FramePool', () => {
  it('gives a letter the warm frame that stands in its host, and keeps it for the next', () => {
    const { pool, host } = setUp(4)
    const place = host(0)
    pool.warm(place)
    const frame = pool.take(place, 'closed', () => undefined)
    const clear = vi.spyOn(frame, 'clear')
    pool.release(place)
    expect(clear).toHaveBeenCalled()
    expect(pool.take(place, 'closed', () => undefined)).toBe(frame)
    expect(pool.size).toBe(1)
  })

  it('throws a frame away that has seen the network, and one that has failed', () => {
    const { pool, host } = setUp(4)
    const place = host(0)
    const open = pool.take(place, 'open', () => undefined)
    pool.release(place)
    expect(open.isGone).toBe(true)
    const closed = pool.take(place, 'closed', () => undefined)
    closed.destroy()
    expect(pool.take(place, 'closed', () => undefined)).not.toBe(closed)
  })

  it('gives up waiting frames first, then the farthest letter, which learns its height', () => {
    const { pool, host } = setUp(2)
    const evicted = vi.fn()
    pool.warm(host(50))
    pool.take(host(0), 'closed', () => undefined)
    pool.take(host(3000), 'closed', evicted)
    expect(pool.size).toBe(2)
    expect(evicted).not.toHaveBeenCalled()
    pool.take(host(1100), 'closed', () => undefined)
    expect(evicted).toHaveBeenCalledWith(300)
    expect(pool.size).toBe(2)
  })

  it('takes no frame from a letter that shows for another that shows', () => {
    const { pool, host } = setUp(2)
    const third = host(400)
    pool.take(host(0), 'closed', () => undefined)
    const far = host(900)
    pool.take(far, 'closed', () => undefined)
    expect(pool.mayTake(far)).toBe(true)
    expect(pool.mayTake(third)).toBe(false)
    pool.drop(far)
    expect(pool.mayTake(third)).toBe(true)
    pool.take(host(5000), 'closed', () => undefined)
    expect(pool.mayTake(third)).toBe(true)
  })

  it('holds more than it keeps while so many letters show, and lets those go that have left the view', () => {
    const { pool, host } = setUp(4, 2)
    const evicted = vi.fn()
    const shown = [0, 100, 200].map((top) => host(top))
    for (const place of shown) {
      expect(pool.mayTake(place)).toBe(true)
      pool.take(place, 'closed', evicted)
    }
    expect(pool.size).toBe(3)
    expect(pool.mayTake(host(1300))).toBe(false)
    expect(pool.mayTake(host(900))).toBe(true)
    for (const place of shown) place.getBoundingClientRect = () => ({ top: -2000, bottom: -1900 }) as DOMRect
    pool.take(host(0), 'closed', () => undefined)
    expect(pool.size).toBe(2)
    expect(evicted).toHaveBeenCalledTimes(2)
  })

  it('warms no more than it may hold', () => {
    const { pool, host } = setUp(1)
    pool.take(host(0), 'closed', () => undefined)
    pool.warm(host(10))
    expect(pool.size).toBe(1)
  })

  it('lets a letter painted aside change places with the one on screen, and gives it up before any other', () => {
    const { pool, host } = setUp(2)
    const [aside, place] = [host(0), host(0)]
    aside.dataset['aside'] = ''
    for (const each of [aside, place]) each.moveBefore = (node) => each.append(node)
    const shown = pool.take(place, 'closed', () => undefined)
    const [evicted, asideEvicted] = [vi.fn(), vi.fn()]
    const ahead = pool.takeAside(aside, () => undefined)
    expect(pool.takeAside(host(0), () => undefined)).toBeUndefined()
    const told = { onEvicted: evicted, onAsideEvicted: asideEvicted }
    expect(pool.exchange(aside, place, told)).toEqual({ coming: ahead, going: shown })
    expect(place.firstChild).toBe(ahead?.element)
    expect(aside.firstChild).toBe(shown.element)
    pool.take(host(9000), 'closed', () => undefined)
    expect(asideEvicted).toHaveBeenCalled()
    expect(evicted).not.toHaveBeenCalled()
    expect(pool.exchange(aside, place, told)).toBeUndefined()
  })
})
