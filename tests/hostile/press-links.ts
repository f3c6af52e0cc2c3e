/**
 * Presses links of opened letters in every way there is, up to the app's own question: nothing may be contacted before
 * the reader has answered it. Hosts of the links end in `press.test`.
 */
import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import { signIn } from './app-driver.ts'
import { realmOf } from './puppeteer-page.ts'

/** Pressed but never confirmed. */
export const heldHosts = ['html.press.test', 'text.press.test', 'touch.press.test'] as const
/** Confirmed at the end, so that it is seen that contacts are seen. */
export const openedHost = 'opened.press.test'
/** Its link is honest: it is asked about only where no window could be opened for it. */
export const plainHost = 'plain.press.test'

const letter = (subject: string, type: string, body: string): string =>
  [
    'From: Priya Raman <priya@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${type}; charset=utf-8`,
    '',
    body,
    '',
  ].join('\r\n')

/** Their links ask before they open, but for the last: they say one host and mean another. */
export const pressedLetters = [
  letter(
    'Pressed markup',
    'text/html',
    `<p>Words.</p><p><a href="http://html.press.test/">www.bank.example</a></p>` +
      `<p><a href="http://touch.press.test/">www.bank.example</a></p>` +
      `<p><a href="http://${openedHost}/">www.bank.example</a></p>` +
      `<p><a href="http://${plainHost}/">words</a></p>`,
  ),
  letter('Pressed text', 'text/plain', 'Words.\r\n\r\nhttp://www.bank.example@text.press.test/'),
]

/** Chromium waits for a fifth of a second before it takes a pointer that rests for an interest. */
const holdMs = 300

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Goes through all presses of a mouse and of keys in each of the letters; nothing is confirmed. */
export async function pressLinks(browser: Browser, url: string): Promise<void> {
  for (const [subject, host] of [
    ['Pressed text', 'text.press.test'],
    ['Pressed markup', 'html.press.test'],
  ] as const) {
    const page = await openPage(browser, url, subject)
    await pressByMouse(page, await linkTo(page, host))
    // a drag of the system's own stays begun
    await page.close()
  }
}

/** A sign-in of its own with this letter. */
export async function openPage(browser: Browser, url: string, subject: string, hasTouch = false): Promise<Page> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport({ width: 1200, height: 800, hasTouch })
  await signIn({ ...realmOf(page), goto: (address) => page.goto(address) }, url)
  await openLetter(page, subject)
  return page
}

async function openLetter(page: Page, subject: string): Promise<void> {
  await page.locator(`::-p-xpath(//*[@data-view="messages"]//a[contains(., "${subject}")])`).click()
  await page.waitForFunction(
    (words) =>
      document.querySelector('main h1')?.textContent.includes(words) === true &&
      document.querySelector('main article[aria-busy=false]') !== null &&
      document.querySelector('main article[aria-busy=true]') === null,
    {},
    subject,
  )
}

/** The link of the open letter, in the page or in a frame of it. */
export async function linkTo(page: Page, host: string): Promise<ElementHandle<HTMLAnchorElement>> {
  for (let tries = 0; tries < 100; tries++) {
    for (const frame of page.frames()) {
      const link = await frame.$(`a[href*="${host}"]`).catch(() => null)
      if (link) return link
    }
    await pause(50)
  }
  throw new Error(`no link to ${host}`)
}

async function pressByMouse(page: Page, link: ElementHandle<HTMLAnchorElement>): Promise<void> {
  const { mouse, keyboard } = page
  const { x, y } = await link.clickablePoint()
  await mouse.move(x + 250, y + 90)
  await mouse.move(x, y, { steps: 4 })
  await pause(holdMs)
  await mouse.down()
  await pause(holdMs)
  await mouse.up()
  await dismiss(page)
  await mouse.click(x, y, { button: 'middle', delay: holdMs })
  await dismiss(page)
  await keyboard.down('Control')
  await mouse.click(x, y, { delay: holdMs })
  await keyboard.up('Control')
  await dismiss(page)
  await link.focus()
  await pause(holdMs)
  await keyboard.press('Enter')
  await dismiss(page)
  await mouse.click(x, y, { button: 'right', delay: holdMs })
  await mouse.down()
  await mouse.move(x + 200, y + 60, { steps: 6 })
  await pause(holdMs)
}

/** By finger; the question stays open. */
export async function tapLink(page: Page, link: ElementHandle<HTMLAnchorElement>): Promise<void> {
  const { x, y } = await link.clickablePoint()
  const touch = await page.touchscreen.touchStart(x, y)
  await pause(holdMs / 3)
  await touch.end()
  await page.waitForSelector('dialog[open] [data-link-host]')
}

/** Waits for the question and says no. */
export async function dismiss(page: Page): Promise<void> {
  await page.waitForSelector('dialog[open] [data-link-host]')
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null)
}
