/** One finger on a touch screen, as the browser hears it from the device: it decides itself what scrolls. */
import type { Page } from 'playwright'

interface Point {
  readonly x: number
  readonly y: number
}

interface Finger {
  down(at: Point): Promise<void>
  /** Straight from where it is, in so many steps, each after a frame. */
  move(to: Point, steps?: number): Promise<void>
  /**
   * Down, and on to another point. The first 16 pixels come with the touch itself: on a busy machine the steps are so
   * far apart that a finger that waited for the first of them would rest.
   */
  drag(from: Point, to: Point, steps?: number): Promise<void>
  up(): Promise<void>
  /** From one point to another in so many milliseconds, however long it takes this machine. */
  flick(from: Point, to: Point, ms: number): Promise<void>
}

export async function fingerOn(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page)
  let here: Point = { x: 0, y: 0 }
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number): Promise<void> => {
    const touchPoints = type === 'touchEnd' ? [] : [{ ...here, id: 1 }]
    await session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints,
      ...(at === undefined ? {} : { timestamp: at / 1000 }),
    })
  }
  const down = async (at: Point): Promise<void> => {
    here = at
    await send('touchStart')
  }
  const move = async (to: Point, steps = 10): Promise<void> => {
    const from = here
    for (let step = 1; step <= steps; step += 1) {
      here = between(from, to, step / steps)
      await send('touchMove')
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
  }
  return {
    down,
    move,
    async drag(from, to, steps) {
      const first = between(from, to, Math.min(1, 16 / Math.hypot(to.x - from.x, to.y - from.y)))
      await Promise.all([down(from), move(first, 1)])
      await move(to, steps)
    },
    up: () => send('touchEnd'),
    async flick(from, to, ms) {
      const began = Date.now()
      here = from
      await send('touchStart', began)
      for (const part of [0.25, 0.5, 0.75, 1]) {
        here = between(from, to, part)
        await send('touchMove', began + part * ms)
      }
      await send('touchEnd', began + ms)
    },
  }
}

function between(from: Point, to: Point, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
