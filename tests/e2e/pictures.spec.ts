/** Pictures from the internet: what is asked for once they are shown, by whom, and for whose letters (issue 6). */
import { openPictureHost, type PictureHost } from '../support/picture-host.ts'
import { expect, rows, signInToDemo, test as base } from './fixtures.ts'
import { DEMO_SERVER as own } from '../../demo/mailbox/taken.ts'
import type { DemoSite } from '../../demo/http/serve.ts'
import type { FrameLocator, Page } from '@playwright/test'

/** `pictures`: where letters have them; `site` is its deployment's. */
const test = base.extend<{ pictures: PictureHost; isProxied: boolean }>({
  isProxied: [false, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this very pattern
  pictures: async ({}, use) => {
    const host = await openPictureHost()
    await use(host)
    await host.close()
  },
  demo: async ({ pictures, isProxied }, use) => {
    const proxy = isProxied ? { imageProxy: `${pictures.url}/fetch?key=1` } : {}
    await use({ messages: 20, config: proxy })
  },
  breaches: async ({ breaches, pictures }, use) => {
    await use(breaches)
    // the only foreign host that a letter here may reach
    const others = breaches.filter((breach) => !breach.startsWith(`request to ${pictures.url}/`))
    breaches.splice(0, breaches.length, ...others)
  },
})
test.use({ ignoreHTTPSErrors: true })

interface Sent {
  readonly subject: string
  readonly body: string
  /** What the reader's own server found out about the sender. */
  readonly checked?: 'pass' | 'fail'
}

function deliver(site: DemoSite, { subject, body, checked }: Sent): void {
  const trace = [
    `Received: from mx.shop.example (mx.shop.example [192.0.2.1]) by ${own} with ESMTPS id 1; ${new Date().toUTCString()}`,
    `Authentication-Results: ${own}; dmarc=${checked ?? ''} header.from=shop.example`,
  ]
  const raw = [
    ...(checked ? trace : []),
    'From: The Shop <news@shop.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@shop.example>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    body,
    '',
  ]
  site.server.accountOf('mara@lindqvist.example').deliver(raw.join('\r\n'))
}

async function open(page: Page, subject: string): Promise<FrameLocator> {
  await rows(page).filter({ hasText: subject }).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  await page.locator('main article:not([aria-busy=true]) [aria-expanded=true]').first().waitFor()
  return page.frameLocator('main article iframe')
}

const paths = ({ asked }: PictureHost): string[] => asked.map(({ path }) => path).toSorted()
const button = (page: Page, name: string) => page.locator('main').getByRole('button', { name, exact: true })
const notice = (page: Page, text: string | RegExp) => page.locator('main article').getByText(text)
const img = (url: string, size = 'width="300" height="120"') => `<img src="${url}" alt="A leaf" ${size}>`

test('after "Show once" pictures come, nothing else does, and nothing is told of the reader', async ({
  page,
  site,
  pictures,
  context,
}) => {
  await context.addCookies([
    { name: 'id', value: 'mara', url: pictures.url, sameSite: 'None', secure: true, httpOnly: true },
  ])
  const { url } = pictures
  deliver(site, {
    subject: 'Everything at once',
    body:
      img(`${url}/a.png`) +
      img(`${url.replace('https:', 'http:')}/b.png`) +
      img(`${url}/pixel.gif`, 'width="1" height="1"') +
      img(`${url}/wf/open?upn=1`) +
      `<div style="display:none">${img(`${url}/hidden.png`)}</div>` +
      `<link rel="stylesheet" href="${url}/sheet.css"><style>@import url(${url}/i.css); p{background:url(${url}/p.png)}</style>` +
      `<p>Words</p><video src="${url}/v.mp4" poster="${url}/poster.png"></video><iframe src="${url}/frame"></iframe>`,
  })
  await signInToDemo(page, site)
  const letter = await open(page, 'Everything at once')
  await expect(notice(page, '2 pictures from the internet are held back, 3 trackers stay blocked.')).toBeVisible()
  await expect(notice(page, /Showing them tells the sender your network address.* a tunnel .* hides/)).toBeVisible()
  await expect(letter.locator('img').first()).toHaveAttribute('title', /^A leaf – localhost:/)
  await expect(letter.locator('img').first()).toHaveJSProperty('width', 300)
  expect(pictures.asked).toEqual([])

  await button(page, 'Show once').click()
  await expect(notice(page, '2 pictures from the internet are shown, 3 trackers stay blocked.')).toBeVisible()
  await expect.poll(() => paths(pictures)).toEqual(['/a.png', '/b.png'])
  await expect(letter.getByText('Words')).toBeVisible()
  await expect(letter.locator('img').first()).toHaveJSProperty('complete', true)
  for (const { headers } of pictures.asked) {
    expect(headers['sec-fetch-dest']).toBe('image')
    for (const name of ['referer', 'cookie', 'authorization', 'origin']) expect(headers).not.toHaveProperty(name)
  }

  await button(page, 'Hold back again').click()
  await expect(button(page, 'Show once')).toBeVisible()
  await expect(letter.locator('img').first()).toHaveAttribute('title', /^A leaf – localhost:/)
  expect(paths(pictures)).toEqual(['/a.png', '/b.png'])
})

test('"Always" is for a sender whom the own server knows, and is taken back in the settings', async ({
  page,
  site,
  pictures,
}) => {
  const send = (subject: string, checked?: 'pass' | 'fail'): void =>
    deliver(site, { subject, body: img(`${pictures.url}/${subject}.png`), ...(checked && { checked }) })
  send('first', 'pass')
  send('forged', 'fail')
  send('unknown')
  send('later', 'pass')
  await signInToDemo(page, site)
  await open(page, 'first')
  await button(page, 'Always for this sender').click()
  await expect.poll(() => paths(pictures)).toEqual(['/first.png'])
  await open(page, 'unknown')
  await expect(button(page, 'Show once')).toBeVisible()
  await expect(button(page, 'Always for this sender')).toHaveCount(0)
  // its pictures stay closed until the reader knows better
  await open(page, 'forged')
  await expect(page.locator('main article[data-closed]')).toBeVisible()
  await expect(button(page, 'Show once')).toHaveCount(0)
  await page.reload()
  await open(page, 'later')
  await expect(notice(page, 'You chose to always show those that come from news@shop.example.')).toBeVisible()
  await expect.poll(() => paths(pictures)).toEqual(['/first.png', '/later.png'])

  const list = page.url()
  await page.goto(`${site.url}settings/`)
  await page.getByRole('button', { name: 'Remove news@shop.example' }).click()
  await expect(page.getByText(/^Nobody yet/)).toBeVisible()
  await page.goto(list)
  await expect(button(page, 'Show once')).toBeVisible()
  await expect(button(page, 'Always for this sender')).toBeVisible()
  expect(paths(pictures)).toEqual(['/first.png', '/later.png'])
})

test.describe('where the deployment names a proxy', () => {
  test.use({ isProxied: true })

  test('pictures come through it, by the policy of the page too', async ({ page, site, pictures }) => {
    const { headers } = await fetch(new URL('/reader-open.html', site.url))
    expect(headers.get('content-security-policy')).toContain(`img-src blob: data: ${pictures.url};`)
    deliver(site, { subject: 'Through it', body: img('https://shop.example/a.png?b=1') })
    await signInToDemo(page, site)
    await open(page, 'Through it')
    await expect(
      page.getByText(/They come through your proxy, localhost:\d+: .*not your network address/),
    ).toBeVisible()
    await button(page, 'Show once').click()
    await expect.poll(() => paths(pictures)).toEqual(['/fetch?key=1&url=https%3A%2F%2Fshop.example%2Fa.png%3Fb%3D1'])
  })
})
