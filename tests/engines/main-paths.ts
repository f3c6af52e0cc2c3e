/** What must work in every engine: sign in, list, open, back, and a start without a network. Each goes on from the one before. */
import type { DemoSite } from '../../demo/http/serve.ts'
import { IS_ALL_KEPT, KEEP_REST } from '../support/kept-shell.ts'
import { pdfOf } from '../support/pdf-file.ts'
import { until, type DrivenPage } from './driven-page.ts'
import { readLetters } from './letter-path.ts'

export interface PathContext {
  readonly page: DrivenPage
  readonly site: DemoSite
}

const ROWS = `document.querySelectorAll('[data-view=messages] [role=listitem]:not([aria-busy=true])')`
const isSynced = (state: string): string => `document.documentElement.dataset.sync === '${state}'`

const OWNER = 'mara@lindqvist.example'
const ARTICLE = `document.querySelector('main article') && !document.querySelector('main article[aria-busy=true]')`

/** A letter with a PDF, the newest of all. */
function deliverPdf(site: DemoSite): void {
  const lines = [
    'From: Nadia Ruiz <nadia@remote.example>',
    `To: ${OWNER}`,
    'Subject: A report to read',
    'Message-ID: <report@remote.example>',
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: application/pdf',
    'Content-Disposition: attachment; filename="report.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(pdfOf(['Words of page 1', 'Words of page 2']))
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
    '',
  ]
  site.server.accountOf(OWNER).deliver(lines.join('\r\n'))
}

async function goBack(page: DrivenPage): Promise<void> {
  await page.run(`history.back()`)
  await until(page, 'the list alone', `!document.querySelector('main article')`)
}

async function openPdf(page: DrivenPage): Promise<void> {
  const row = `[...${ROWS}].find((one) => one.textContent.includes('A report to read'))`
  await until(page, 'the letter with a PDF', row)
  await page.run(`${row}.querySelector('a').click()`)
  const file = `[...document.querySelectorAll('main article button')].find((one) => one.textContent.includes('Show report.pdf'))`
  await until(page, 'its file', `${ARTICLE} && ${file}`)
  await page.run(`${file}.click()`)
  // told once the first page is painted, with the words over it
  await until(page, 'the first page', `document.querySelector('dialog[open] [data-pdf=drawn] iframe')`)
}

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
    name: 'dialog',
    run: async ({ page }) => {
      const press = async (what: string, one: string): Promise<void> => {
        await until(page, what, one)
        await page.run(`${one}.click()`)
      }
      await press('the way to the menu', `document.querySelector('button[aria-label="Filter and sort"]')`)
      await press(
        'its last item',
        `[...document.querySelectorAll('[role=menuitem]')].find((item) => item.textContent.includes('Go to date'))`,
      )
      const box = `document.querySelector('dialog[open]')`
      await until(page, 'the dialog', `${box}?.querySelector('form')`)
      // WebKit once made a line of it, as tall as its border.
      await until(page, 'all of it', `${box}.clientHeight >= ${box}.querySelector('form').offsetHeight`)
      await page.run(`${box}.close()`)
      await until(page, 'the list alone', `!${box} && !history.state?.over`)
    },
  },
  {
    name: 'open',
    run: async ({ page }) => {
      await page.run(`${ROWS}[1].querySelector('a').click()`)
      await until(page, 'the letter', ARTICLE)
      await until(page, 'its heading', `document.querySelector('h1').textContent.trim() !== ''`)
    },
  },
  {
    name: 'back',
    run: async ({ page }) => {
      await goBack(page)
      await until(page, 'its rows', `${ROWS}.length >= 5`)
    },
  },
  {
    name: 'letters',
    run: ({ page, site }) => readLetters(page, site, () => goBack(page)),
  },
  {
    name: 'PDF',
    run: async ({ page, site }) => {
      deliverPdf(site)
      await openPdf(page)
      await page.run(`history.back()`)
      await until(page, 'the letter alone', `!document.querySelector('dialog[open]') && ${ARTICLE}`)
      await goBack(page)
    },
  },
  {
    name: 'start without a network',
    run: async ({ page, site }) => {
      await page.run(`navigator.serviceWorker.ready.then(() => true)`)
      await until(page, 'the worker in charge', `navigator.serviceWorker.controller`)
      await until(page, 'quiet', isSynced('ready'))
      await page.run(KEEP_REST)
      await until(page, 'all of the app', IS_ALL_KEPT)
      const { url } = site
      await site.close()
      await page.goto(url)
      await until(page, 'kept rows', `${ROWS}.length >= 5`)
      await until(page, 'what it knows', isSynced('offline'))
      await page.run(`${ROWS}[1].querySelector('a').click()`)
      await until(page, 'the kept letter', ARTICLE)
      await goBack(page)
      await openPdf(page)
    },
  },
]
