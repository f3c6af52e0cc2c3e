/** What must work in every engine: sign in, list, open, back, and a start without a network. Each goes on from the one before. */
import type { DemoSite } from '../../demo/http/serve.ts'
import { until, type DrivenPage } from './driven-page.ts'

export interface PathContext {
  readonly page: DrivenPage
  readonly site: DemoSite
}

const ROWS = `document.querySelectorAll('[data-view=messages] [role=listitem]:not([aria-busy=true])')`
const isSynced = (state: string): string => `document.documentElement.dataset.sync === '${state}'`

export const mainPaths: readonly { readonly name: string; run(context: PathContext): Promise<void> }[] = [
  {
    name: 'sign in',
    run: async ({ page, site }) => {
      await page.goto(site.url)
      await until(page, 'the form', `document.querySelector('input[autocomplete=username]')`)
      const { username, password } = await page.run<{ username: string; password: string }>(
        `fetch('/config.json').then((response) => response.json()).then(({ demo }) => demo)`,
      )
      await page.run(`(() => {
        for (const [name, value] of ${JSON.stringify([
          ['username', username],
          ['current-password', password],
        ])}) {
          const field = document.querySelector('input[autocomplete=' + name + ']')
          field.value = value
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
        const mine = document.querySelector('input[type=checkbox]')
        if (!mine.checked) mine.click()
        document.querySelector('button[type=submit]').click()
      })()`)
      await until(page, 'rows', `${ROWS}.length > 0`)
    },
  },
  {
    name: 'list',
    run: async ({ page }) => {
      await until(page, 'a screen of rows', `${ROWS}.length >= 5`)
      await until(page, 'a row that is named', `${ROWS}[0].querySelector('a').textContent.trim().length > 10`)
      await until(page, 'all mail', isSynced('ready'))
    },
  },
  {
    name: 'open',
    run: async ({ page }) => {
      await page.run(`${ROWS}[1].querySelector('a').click()`)
      await until(
        page,
        'the letter',
        `document.querySelector('main article') && !document.querySelector('main article[aria-busy=true]')`,
      )
      await until(page, 'its heading', `document.querySelector('h1').textContent.trim() !== ''`)
    },
  },
  {
    name: 'back',
    run: async ({ page }) => {
      await page.run(`history.back()`)
      await until(page, 'the list alone', `!document.querySelector('main article')`)
      await until(page, 'its rows', `${ROWS}.length >= 5`)
    },
  },
  {
    name: 'start without a network',
    run: async ({ page, site }) => {
      await page.run(`navigator.serviceWorker.ready.then(() => true)`)
      await until(page, 'the worker in charge', `navigator.serviceWorker.controller`)
      await until(page, 'quiet', isSynced('ready'))
      const { url } = site
      await site.close()
      await page.goto(url)
      await until(page, 'kept rows', `${ROWS}.length >= 5`)
      await until(page, 'what it knows', isSynced('offline'))
      await page.run(`${ROWS}[1].querySelector('a').click()`)
      await until(
        page,
        'the kept letter',
        `document.querySelector('main article') && !document.querySelector('main article[aria-busy=true]')`,
      )
    },
  },
]
