import { describe, expect, it } from 'vitest'
import { isAwayFromEdges, meaningOf, releaseOf, speedOf } from './swipe-decision.ts'

describe('what a finger means', () => {
  it('is open until it has gone 12 px', () => {
    expect(meaningOf(11, 0)).toBeUndefined()
    expect(meaningOf(-11, 11)).toBeUndefined()
  })

  it('is a swipe where it goes along the row, either way', () => {
    expect(meaningOf(12, 0)).toBe('swipe')
    expect(meaningOf(-18, 10)).toBe('swipe')
  })

  it('is none where it is steeper than 1.7, and where it scrolls', () => {
    expect(meaningOf(17, 10)).toBe('other')
    expect(meaningOf(3, -12)).toBe('other')
  })
})

it('a strip of 24 px at either edge of the screen is the system’s', () => {
  expect([23, 24, 366, 367].map((x) => isAwayFromEdges(x, 390))).toEqual([false, true, true, false])
})

describe('speed', () => {
  it('is that of the last tenth of a second', () => {
    const samples = [
      { x: 300, at: 0 },
      { x: 200, at: 400 },
      { x: 150, at: 450 },
    ]
    expect(speedOf(samples, 460)).toBe(-1)
  })

  it('is none where the finger rests before it is lifted, or was seen once', () => {
    expect(
      speedOf(
        [
          { x: 0, at: 0 },
          { x: 90, at: 60 },
        ],
        400,
      ),
    ).toBe(0)
    expect(speedOf([{ x: 90, at: 60 }], 70)).toBe(0)
  })
})

describe('a row that is let go', () => {
  const release = (offset: number, speed = 0): string => releaseOf({ offset, speed, width: 400, actionWidth: 84 })

  it('goes back up to 40 % of the action, and rests open past it', () => {
    expect(release(-33)).toBe('back')
    expect(release(-34)).toBe('rest')
    expect(release(34)).toBe('rest')
    expect(release(220)).toBe('rest')
  })

  it('commits past 55 % of its width', () => {
    expect(release(221)).toBe('commit')
    expect(release(-221)).toBe('commit')
  })

  it('commits when it is flicked on, faster than 0.6 px a millisecond', () => {
    expect(release(-20, -0.61)).toBe('commit')
    expect(release(-20, -0.6)).toBe('back')
  })

  it('goes back when it is flicked back, however far it was', () => {
    expect(release(-300, 0.7)).toBe('back')
    expect(release(60, -0.7)).toBe('back')
    expect(release(300, -0.3)).toBe('commit')
  })

  it('that was not moved does nothing, however fast the finger was', () => {
    expect(release(0, 2)).toBe('back')
  })
})
