/**
 * `node tests/screens/webkit.ts --out DIR [--no-build]`: the main screens in WebKitGTK at 390x844, light and dark, to be
 * looked at. What it cannot show of an iPhone is in docs/iphone-checklist.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '../../demo/http/serve.ts'
import { buildApp } from '../../src/build/build-app.ts'
import { until, type DrivenPage } from '../engines/driven-page.ts'
import { openWebKit, whyNoWebKit } from '../engines/webkit.ts'

const { values } = parseArgs({
  options: { out: { type: 'string', default: '.tmp/webkit' }, 'no-build': { type: 'boolean', default: false } },
})
const why = whyNoWebKit()
if (why !== undefined) {
  console.log(why)
  process.exit(2)
}
if (!values['no-build']) await buildApp()
mkdirSync(values.out, { recursive: true })

const ROW = `document.querySelectorAll('[data-view=messages] [role=listitem]:not([aria-busy=true]) a')`
const isPainted = `document.querySelector('main article') && !document.querySelector('main article[aria-busy=true]')`
const pressed = (name: string): string =>
  `[...document.querySelectorAll('button')].find((button) => (button.getAttribute('aria-label') ?? button.textContent).trim().startsWith(${JSON.stringify(name)}))`

interface Screen {
  readonly name: string
  readonly path?: string
  /** Presses, and then what must be there. */
  readonly press?: string
  readonly wait: string
}

const screens: readonly Screen[] = [
  { name: 'sign-in', wait: pressed('Try the demo') },
  { name: 'inbox', press: pressed('Try the demo'), wait: `${ROW}.length > 5` },
  { name: 'thread', press: `${ROW}[0]`, wait: isPainted },
  { name: 'mailboxes', path: '/', press: pressed('Mailboxes'), wait: `document.querySelector('[role=treeitem]')` },
  { name: 'letter', path: '/', press: `${ROW}[3]`, wait: isPainted },
  { name: 'settings', path: '/settings', wait: `document.querySelector('h1')` },
  { name: 'search', path: '/', press: `document.querySelector('[role=search] input')`, wait: `${ROW}.length > 5` },
]

for (const isDark of [false, true]) {
  const site = await serve({ messages: 300 })
  const page = await openWebKit({ width: 390, height: 844, isDark })
  try {
    await page.goto(site.url)
    for (const screen of screens) {
      await show(page, screen)
      const file = join(values.out, `${screen.name}-390-${isDark ? 'dark' : 'light'}.png`)
      writeFileSync(file, await page.picture())
      console.log(file)
    }
  } finally {
    await page.close()
    await site.close()
  }
}
process.exit(0)

async function show(page: DrivenPage, { name, path, press, wait }: Screen): Promise<void> {
  // Within the page: WebKit keeps the event streams of pages that were left, of which it has six for a host.
  if (path !== undefined)
    await page.run(`(() => {
      document.querySelector('dialog')?.close()
      history.pushState(null, '', ${JSON.stringify(path)})
      dispatchEvent(new PopStateEvent('popstate'))
    })()`)
  if (press !== undefined) {
    await until(page, `what leads to ${name}`, press)
    await page.run(`(() => { const one = ${press}; one.click(); one.focus() })()`)
  }
  await until(page, name, wait)
  if (name === 'inbox') await until(page, 'all mail', `document.documentElement.dataset.sync === 'ready'`)
  // Two frames, so that what was waited for is painted.
  await page.run(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}
