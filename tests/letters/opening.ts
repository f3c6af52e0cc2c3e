/**
 * A newsletter of 300 kB that is on the device, from where its body is in the page to the frame that shows it (the mark
 * `postern:body`). Of one that was made ready it is there before the press. What passes from the press on is told, too.
 */
import { rmSync } from 'node:fs'
import { serve } from '../../demo/http/serve.ts'
import { openPage, type DrivenPage } from '../engines/driven-page.ts'
import type { Engine } from '../hostile/engines.ts'
import { largeNewsletter } from './large-newsletter.ts'
import { asMail, writeMailFolder } from './newsletter-mail.ts'
import { openLetter, rowAt, showRow, signInOnDemo } from './reader.ts'

interface Times {
  /** Milliseconds. */
  readonly fromBody: number
  readonly fromPress: number
}

export interface Opening {
  /** The tree of each was made while its neighbour was read. */
  readonly prepared: readonly Times[]
  /** Nothing of them was there but the body, on the device. */
  readonly unprepared: readonly Times[]
}

const letters = 36
/** Farther than what is prepared around a letter; and by then the trees of the last round are forgotten. */
const stride = 5
const times = 12
/** The neighbours of a letter are ready by then. */
const settleMs = 1500

export async function measureOpening(engine: Engine): Promise<Opening> {
  const mails = Array.from({ length: letters }, (_, index) => {
    const name = `large-${String(index + 1).padStart(2, '0')}`
    return { name, raw: asMail({ name, html: largeNewsletter(index + 1), pictures: [] }) }
  })
  const mail = writeMailFolder(mails)
  const site = await serve({ messages: 0, mail })
  const page = await openPage(engine, { width: 1440, height: 900, isDark: false })
  try {
    await signInOnDemo(page, site.url)
    // once, so that all are on the device
    for (let position = 1; position <= letters; position += 2) await openLetter(page, position)
    const unprepared: Times[] = []
    for (let time = 0; time < times; time++) unprepared.push(await timeOf(page, ((time * stride) % letters) + 1))
    const prepared: Times[] = []
    await openLetter(page, 1)
    for (let time = 0; time < times; time++) prepared.push(await timeOf(page, time + 2))
    return { prepared, unprepared }
  } finally {
    await page.close()
    await site.close()
    rmSync(mail, { recursive: true, force: true })
  }
}

async function timeOf(page: DrivenPage, position: number): Promise<Times> {
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  await showRow(page, position)
  return page.run<Times>(`new Promise((resolve) => {
    const { get } = IDBObjectStore.prototype
    let start = 0
    let body = 0
    // the first body that comes after the press is the letter's: its neighbours are read when it is painted
    IDBObjectStore.prototype.get = function (key) {
      const request = get.call(this, key)
      if (this.name === 'bodies') request.addEventListener('success', () => { body ||= performance.now() })
      return request
    }
    new PerformanceObserver((list, observer) => {
      const [mark] = list.getEntriesByName('postern:body')
      if (!mark) return
      observer.disconnect()
      IDBObjectStore.prototype.get = get
      const isRead = body > 0 && body < mark.startTime
      resolve({ fromPress: mark.startTime - start, fromBody: mark.startTime - (isRead ? body : start) })
    }).observe({ type: 'mark' })
    start = performance.now()
    ${rowAt(position)}.click()
  })`)
}
