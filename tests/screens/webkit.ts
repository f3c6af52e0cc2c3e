/**
 * `node tests/screens/webkit.ts --out DIR [--no-build]`: the main screens in WebKitGTK at 390x844, light and dark, as
 * NAME-390-light.png and -dark.png, to be looked at. Needs webkit2gtk-driver and xvfb; takes a minute and a half. What it
 * cannot show of an iPhone is in docs/iphone-checklist.md.
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
  `[...document.querySelectorAll('button, a, [role=menuitem]')].find((button) => (button.getAttribute('aria-label') ?? button.textContent).trim().startsWith(${JSON.stringify(name)}))`

const SEARCH = `document.querySelector('[role=search] input')`

const STILL = `document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getComputedTiming().endTime === Infinity)`

interface Screen {
  readonly name: string
  readonly path?: string
  /** Presses or runs, and then what must be there. */
  readonly press?: string
  readonly run?: string
  readonly wait: string
}

const screens: readonly Screen[] = [
  { name: 'sign-in', wait: pressed('Try the demo') },
  // What Safari on an iPhone has, and nothing else: with it the hint about the home screen comes 15 s after the start.
  {
    name: 'inbox',
    run: `void Object.defineProperty(navigator, 'standalone', { value: false })`,
    press: pressed('Try the demo'),
    wait: `${ROW}.length > 5`,
  },
  { name: 'home-screen', wait: `document.querySelector('dialog[open] ol')` },
  { name: 'thread', path: '/', press: `${ROW}[0]`, wait: isPainted },
  { name: 'mailboxes', path: '/', press: pressed('Mailboxes'), wait: `document.querySelector('[role=treeitem]')` },
  { name: 'letter', path: '/', press: `${ROW}[3]`, wait: isPainted },
  { name: 'filter-menu', path: '/', press: pressed('Filter and sort'), wait: `document.querySelector('[role=menu]')` },
  { name: 'go-to-date', press: pressed('Go to date'), wait: `document.querySelector('dialog[open] form')` },
  {
    name: 'shortcuts',
    path: '/',
    run: `void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))`,
    wait: `document.querySelector('dialog[open] h2')`,
  },
  { name: 'search', path: '/', press: SEARCH, wait: `${SEARCH} === document.activeElement` },
  { name: 'settings', path: '/settings', wait: `document.querySelector('h1')` },
  {
    name: 'storage',
    press: pressed('Offline and storage'),
    wait: `document.querySelector('main').innerText.includes('All of it is here')`,
  },
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

async function show(page: DrivenPage, { name, path, run, press, wait }: Screen): Promise<void> {
  // Within the page: WebKit keeps the event streams of pages that were left, of which it has six for a host.
  if (path !== undefined)
    await page.run(`(() => {
      document.querySelector('dialog')?.close()
      history.pushState(null, '', ${JSON.stringify(path)})
      dispatchEvent(new PopStateEvent('popstate'))
    })()`)
  if (run !== undefined) await page.run(run)
  if (press !== undefined) {
    await until(page, `what leads to ${name}`, press)
    await page.run(`(() => { const one = ${press}; one.click(); one.focus() })()`)
  }
  await until(page, name, wait)
  if (name === 'inbox') await until(page, 'all mail', `document.documentElement.dataset.sync === 'ready'`)
  // Whatever slides in has arrived; then two frames, so that it is painted.
  await until(page, `${name} at rest`, STILL)
  await page.run(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}
