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
  return {
    async down(at) {
      here = at
      await send('touchStart')
    },
    async move(to, steps = 10) {
      const from = here
      for (let step = 1; step <= steps; step += 1) {
        const part = step / steps
        here = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
        await send('touchMove')
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      }
    },
    up: () => send('touchEnd'),
    async flick(from, to, ms) {
      const began = Date.now()
      here = from
      await send('touchStart', began)
      for (const part of [0.25, 0.5, 0.75, 1]) {
        here = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
        await send('touchMove', began + part * ms)
      }
      await send('touchEnd', began + ms)
    },
  }
}
