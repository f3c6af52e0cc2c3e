/** What a scrolled list does, written down in the page itself: frames, long tasks, rows in the document. */
import type { Page } from 'playwright'

export interface ScrollNotes {
  /** Milliseconds between one frame and the next. */
  readonly frames: readonly number[]
  /** Of tasks over 50 ms. */
  readonly longTasks: readonly number[]
  /** The most rows that stood in the document at once. */
  readonly rows: number
}

interface Watch {
  stop(): ScrollNotes
}

export async function watchScroll(page: Page): Promise<() => Promise<ScrollNotes>> {
  await page.evaluate(() => {
    const frames: number[] = []
    const longTasks: number[] = []
    let rows = 0
    let last: number | undefined
    let isWatching = true
    const list = document.getElementsByClassName('item')
    const observer = new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) longTasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    const frame = (time: number): void => {
      if (last !== undefined) frames.push(time - last)
      last = time
      rows = Math.max(rows, list.length)
      if (isWatching) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    const watch: Watch = {
      stop() {
        isWatching = false
        observer.disconnect()
        return { frames, longTasks, rows }
      },
    }
    Object.assign(window, { benchScroll: watch })
  })
  return () => page.evaluate(() => (window as unknown as { benchScroll: Watch }).benchScroll.stop())
}

/** The thumb is let go at this share of the list: milliseconds from there until every row in view is filled. */
export function jumpTo(page: Page, share: number): Promise<number> {
  return page.evaluate(async (to) => {
    const box = document.querySelector('[data-view=messages]')?.parentElement
    if (!box) throw new Error('there is no list')
    const isFilled = (): boolean => {
      const { top, bottom } = box.getBoundingClientRect()
      const inView = [...box.querySelectorAll('[role=listitem]')].filter((row) => {
        const edge = row.getBoundingClientRect()
        return edge.bottom > top && edge.top < bottom
      })
      return inView.length > 5 && inView.every((row) => row.getAttribute('aria-busy') !== 'true')
    }
    const start = performance.now()
    box.scrollTop = to * (box.scrollHeight - box.clientHeight)
    await new Promise(requestAnimationFrame)
    while (!isFilled()) {
      if (performance.now() - start > 10_000) throw new Error('the rows did not come')
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - start
  }, share)
}
