/**
 * `npm run test:keyboard -- [--engines chromium,firefox] [--only TEXT] [--no-build] [--counts FILE]`: reading tasks by
 * keyboard alone in the built app, in front of a demo server. Exits 1 if one cannot be done, 2 if a browser is missing.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'puppeteer-core'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { launchEngine, type Engine } from '../hostile/engines.ts'
import { Keyboard } from './keyboard.ts'
import { tasks } from './tasks.ts'

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'chromium,firefox' },
    only: { type: 'string', default: '' },
    'no-build': { type: 'boolean', default: false },
    counts: { type: 'string' },
  },
})
if (!values['no-build']) await buildApp()
const wanted = tasks.filter(({ name }) => name.includes(values.only))
let failed = 0
let isMissing = false
for (const engine of values.engines.split(',') as Engine[]) {
  const faults = await drive(engine)
  if (!faults) {
    isMissing = true
    console.log(`${engine}: not here, or not to be driven`)
    continue
  }
  failed += faults.length
  for (const fault of faults) console.log(`${engine}: ${fault}`)
  console.log(`${engine}: ${String(wanted.length - faults.length)} of ${String(wanted.length)} tasks by keyboard alone`)
}
if (values.counts !== undefined) {
  const passed = wanted.length * values.engines.split(',').length - failed
  writeFileSync(values.counts, JSON.stringify({ passed, failed, skipped: 0 }))
}
process.exit(failed > 0 ? 1 : isMissing ? 2 : 0)

/** What could not be done, and why; undefined where there is no such browser. */
async function drive(engine: Engine): Promise<readonly string[] | undefined> {
  const site = await serve({ messages: 300 })
  const browser = await launchEngine(engine, 9, new URL(site.url).host)
  const faults: string[] = []
  try {
    if (!browser) return undefined
    let page = await newTab(browser)
    await page.goto(site.url)
    const password = await page.evaluate(
      async () => ((await (await fetch('/config.json')).json()) as { demo: { password: string } }).demo.password,
    )
    for (const task of wanted) {
      try {
        // A tab for each: Firefox now and then breaks off a load that leads away from a page which still does something.
        const last = page
        if (task !== wanted[0]) page = await newTab(browser)
        if (last !== page) await last.close()
        if (task !== tasks[0]) await begin(page, site.url)
        await task.run({ keys: new Keyboard(page), password })
      } catch (error) {
        const state = page.evaluate(() => document.documentElement.dataset['sync'])
        const sync = await state.catch(() => undefined)
        faults.push(`${task.name} (${sync ?? 'no page'}): ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    return faults
  } finally {
    await browser?.close()
    await site.close()
  }
}

async function newTab(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.setViewport({ width: 1440, height: 900 })
  await page.bringToFront()
  return page
}

/** The Inbox, just loaded; where the task of signing in is not run, or did not work, by the button of the demo. */
async function begin(page: Page, url: string): Promise<void> {
  await page.goto(url)
  // The demo's button comes with the settings of the page's server, after the form.
  await page.waitForSelector('::-p-text(Try the demo), [data-view=messages] [role=listitem]')
  await page.evaluate(() => {
    const demo = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes('Try the demo'),
    )
    demo?.click()
  })
  await page.waitForSelector('[data-view=messages] [role=listitem]:not([aria-busy=true])')
  // What stands around the rows comes after them.
  await page.waitForSelector('[role=treeitem]')
}
