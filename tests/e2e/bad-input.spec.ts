/** Mails that nobody should send, in row and header: they still read, and nothing is pushed out of its box. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { Page } from '@playwright/test'

interface BadMail {
  readonly what: string
  readonly head: readonly string[]
  readonly receivedAt?: string
  /** What the row's sentence says. */
  readonly row: RegExp
  readonly heading: RegExp
}

const me = 'To: Mara Lindqvist <mara@lindqvist.example>'
const from = 'From: Bo <bo@remote.example>'
const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
/** Encoded words of at most 75 characters, folded. */
const words = (text: string): string => (text.match(/.{1,30}/gsu) ?? []).map(word).join('\r\n ')
const crowd = Array.from({ length: 300 }, (_, n) => `Person Number ${String(n)} <p${String(n)}@remote.example>`)

const mails: readonly BadMail[] = [
  { what: 'no date', head: [from, me, 'Subject: No date at all'], row: /Bo, No date at all, /, heading: /No date/ },
  {
    what: '1970',
    head: [from, me, 'Date: Thu, 01 Jan 1970 00:00:00 +0000', 'Subject: From the epoch'],
    receivedAt: '1970-01-01T00:00:00Z',
    row: /From the epoch, .*1970/,
    heading: /epoch/,
  },
  {
    what: '2090',
    head: [from, me, 'Date: Sun, 01 Jan 2090 12:00:00 +0000', 'Subject: From the future'],
    receivedAt: '2090-01-01T12:00:00Z',
    row: /From the future, .*2090/,
    heading: /future/,
  },
  { what: 'no sender', head: [me, 'Subject: From nobody'], row: /No sender, From nobody/, heading: /From nobody/ },
  {
    what: '300 recipients',
    head: [from, `To: ${crowd.join(',\r\n ')}`, 'Subject: To a crowd'],
    row: /Bo, To a crowd/,
    heading: /crowd/,
  },
  {
    what: 'a subject of 10,000 characters',
    head: [
      from,
      me,
      `Subject: ${
        'Long '
          .repeat(2000)
          .match(/.{1,70}/g)
          ?.join('\r\n ') ?? ''
      }`,
    ],
    row: /Bo, Long Long/,
    heading: /Long Long/,
  },
  {
    what: 'a subject of 10,000 characters without a space',
    head: [from, me, `Subject: ${words('ärger'.repeat(2000))}`],
    row: /Bo, ärger/,
    heading: /ärger/,
  },
  {
    what: 'a subject of bidi controls',
    head: [from, me, `Subject: ${words('\u202eevil\u2066\u2067 turned\u202d round\u202e')}`],
    row: /Bo, evil turned round/,
    heading: /^\s*evil turned round\s*$/,
  },
  {
    what: 'a name that is only emoji',
    head: [`From: ${word('🦊🦊')} <fox@remote.example>`, me, 'Subject: From a fox'],
    row: /🦊🦊, From a fox/,
    heading: /fox/,
  },
]

function deliverBad(site: DemoSite): void {
  for (const [n, mail] of mails.entries()) {
    const raw = [...mail.head, `Message-ID: <bad-${String(n)}@remote.example>`, '', 'Text.', ''].join('\r\n')
    site.server
      .accountOf('mara@lindqvist.example')
      .deliver(raw, mail.receivedAt === undefined ? {} : { receivedAt: mail.receivedAt })
  }
}

/** Elements that reach over the edge of their row, or sideways out of the pane that they scroll in. */
function pushedOut(page: Page, within: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const faults: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways')
    for (const box of document.querySelectorAll<HTMLElement>(selector)) {
      const outer = box.getBoundingClientRect()
      for (const element of box.querySelectorAll<HTMLElement>('*')) {
        if (element.closest('.spoken, svg, input') || !element.checkVisibility({ visibilityProperty: true })) continue
        const { left, right, top, bottom, width } = element.getBoundingClientRect()
        const fits = !box.matches('.row') || (top >= outer.top - 1 && bottom <= outer.bottom + 1)
        const isOut = left < outer.left - 1 || right > outer.right + 1 || !fits
        if (width > 0 && isOut)
          faults.push(`${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`)
      }
    }
    return faults
  }, within)
}

for (const width of [390, 1440]) {
  test(`bad mail reads in row and header at ${String(width)} px, and stays in its box`, async ({ page, site }) => {
    test.slow()
    await page.setViewportSize({ width, height: 900 })
    deliverBad(site)
    await signInToDemo(page, site)
    await waitForReady(page)
    for (const mail of mails) {
      const item = rows(page)
        .filter({ has: page.locator('.spoken', { hasText: mail.row }) })
        .first()
      // The oldest stands at the end of the list.
      await page.locator('[data-view=messages]').evaluate((box, toEnd) => {
        box.parentElement?.scrollTo(0, toEnd ? box.scrollHeight : 0)
      }, mail.what === '1970')
      await expect(item, mail.what).toBeVisible()
      expect(await pushedOut(page, '[data-view=messages] [role=listitem] .row'), mail.what).toEqual([])
      await item.getByRole('link').click()
      await expect(page.locator('main h1')).toHaveText(mail.heading)
      await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
      expect(await pushedOut(page, 'main [data-scroller]'), mail.what).toEqual([])
      // The letter is still there, below a heading of whatever length.
      const top = await page
        .locator('main article')
        .first()
        .evaluate((article) => article.getBoundingClientRect().top)
      expect(top, mail.what).toBeLessThan(500)
      if (width === 390) await page.goBack()
    }
  })
}
