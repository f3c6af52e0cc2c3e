/** R8's other half: how soon a key is answered while all rows are asked for anew, in Chromium before 50,000 messages. */
import type { Page } from 'playwright'
import { serve } from '../../demo/http/serve.ts'
import { oneLineLetter } from '../support/one-line-letter.ts'
import { freshContext, launch, waitForReady } from '../bench/browser.ts'
import { quantile } from '../bench/figure.ts'
import { atLeast, atMost, type Figure } from './check.ts'

const MESSAGES = 50_000
const PRESSES = 60
const PAUSE_MS = 80
const MUST_MS = 100

export async function inputLatency(): Promise<readonly Figure[]> {
  const site = await serve({ like: 'stalwart', messages: MESSAGES })
  const browser = await launch()
  try {
    const page = await (await freshContext(browser)).newPage()
    await page.goto(site.url)
    await page.getByRole('button', { name: 'Try the demo' }).click()
    await page.locator('[data-view=messages] [role=listitem] a').first().waitFor()
    await waitForReady(page, 3_000)
    const { server } = site
    for (const method of ['Email/changes', 'Mailbox/changes', 'Thread/changes'])
      server.faults.add({ match: { method }, do: { kind: 'methodError', type: 'cannotCalculateChanges' } })
    const before = server.log.entries.length
    await page.locator('[data-view=messages] [role=listitem] a').first().focus()
    const times: number[] = []
    for (let press = 0; press < PRESSES; press += 1) {
      // Each stirs it up: what changed is asked for, and cannot be told.
      const letter = { subject: 'Stirs it up', messageId: `stirs${String(press)}@remote.example` }
      if (press % 10 === 0) server.accountOf('mara@lindqvist.example').deliver(oneLineLetter(letter))
      times.push(await pressed(page, press % 20 < 10 ? 'j' : 'k'))
      await page.waitForTimeout(PAUSE_MS)
    }
    const asked = server.log.entries.slice(before).filter(({ path }) => path.startsWith('/jmap/')).length
    return [
      atMost('ms from a key to the next row, p95', quantile(times, 0.95), MUST_MS, `${String(PRESSES)} keys`),
      atLeast('requests meanwhile', asked, 5),
    ]
  } finally {
    await browser.close()
    await site.close()
  }
}

/** Milliseconds from the key, by its own clock, until the next row has the focus and is painted. */
async function pressed(page: Page, key: string): Promise<number> {
  const moved = await page.evaluateHandle(() => {
    const before = document.activeElement
    let since = Number.NaN
    addEventListener('keydown', ({ timeStamp }) => (since = timeStamp), { capture: true, once: true })
    const time = new Promise<number>((resolve) => {
      const look = (): void => {
        if (document.activeElement === before) requestAnimationFrame(look)
        else resolve(performance.now() - since)
      }
      requestAnimationFrame(look)
    })
    return { time }
  })
  await page.keyboard.press(key)
  return moved.evaluate(({ time }) => time)
}
