/** Every screen there is, and how a person gets to it. Also what axe looks at. */
import type { Page } from 'playwright'
import type { JmapServer } from '../../demo/server/jmap-server.ts'

export interface Stage {
  readonly url: string
  readonly server: JmapServer
  readonly isStack: boolean
  readonly isWide: boolean
}

export interface Screen {
  readonly name: string
  readonly show: (page: Page, stage: Stage) => Promise<void>
}

export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first().waitFor()
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'ready', undefined, { timeout: 60_000 })
}

/** Opens the first conversation whose row holds the text, and waits for its open letter. */
export async function openThread(page: Page, text: string): Promise<void> {
  await page.locator('[data-view=messages] [role=listitem]', { hasText: text }).first().getByRole('link').click()
  await page.locator('main article:not([aria-busy=true]) [aria-expanded=true]').first().waitFor()
}

export async function openMailbox(page: Page, { isWide, isStack }: Stage, name: string): Promise<void> {
  if (!isWide)
    await page
      .getByRole('button', { name: isStack ? /mailboxes/i : /mailboxes/i })
      .first()
      .click()
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .first()
    .click()
}

const thread = (name: string, text: string): Screen => ({
  name,
  show: async (page, { url }) => {
    await signIn(page, url)
    await ready(page)
    await openThread(page, text)
  },
})

const settingsPage = (name: string, page: string): Screen => ({
  name,
  show: async (screen, { url }) => {
    await signIn(screen, url)
    await ready(screen)
    await screen.goto(`${url}settings/${page}`)
    await screen.getByRole('heading', { level: 1 }).waitFor()
  },
})

/** The Inbox, or a conversation, as other settings show it. */
const chosen = (name: string, settings: Readonly<Record<string, string>>, text?: string): Screen => ({
  name,
  show: async (page, { url }) => {
    await page.goto(url)
    await page.evaluate((value) => {
      localStorage.setItem('postern:settings', value)
    }, JSON.stringify(settings))
    await signIn(page, url)
    await ready(page)
    if (text !== undefined) await openThread(page, text)
  },
})

async function openLetterMenu(page: Page, url: string, text: string): Promise<void> {
  await signIn(page, url)
  await ready(page)
  await openThread(page, text)
  await page
    .getByRole('button', { name: /^More for the message from/ })
    .last()
    .click()
  await page.getByRole('menu').waitFor()
}

const invitation = [
  'From: Jonas Okafor <jonas@tidewater.example>',
  'To: Mara Lindqvist <mara@lindqvist.example>',
  'Subject: Invitation: Harbour walk and planning',
  'Message-ID: <walk@tidewater.example>',
  'Date: Wed, 25 Nov 2026 08:40:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello all,',
  '',
  'Before we sit down with the plans I would like us to see the quay on foot.',
  '--b',
  'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
  '',
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:walk',
  'SEQUENCE:1',
  'SUMMARY:Harbour walk and planning',
  'DTSTART;TZID=Asia/Tokyo:20261126T190000',
  'DTEND;TZID=Asia/Tokyo:20261126T203000',
  'LOCATION:Pier 4\\, by the old crane',
  'ORGANIZER;CN=Jonas Okafor:mailto:jonas@tidewater.example',
  'ATTENDEE:mailto:mara@lindqvist.example',
  'END:VEVENT',
  'END:VCALENDAR',
  '--b--',
  '',
].join('\r\n')

export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    show: async (page, { url }) => {
      await page.goto(url)
    },
  },
  {
    name: 'sign-in-refused',
    show: async (page, { url }) => {
      await page.goto(url)
      await page.fill('input[autocomplete=username]', 'mara@lindqvist.example')
      await page.fill('input[autocomplete=current-password]', 'not this one')
      await page.click('button[type=submit]')
      await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor()
    },
  },
  {
    name: 'inbox',
    show: async (page, { url }) => {
      await signIn(page, url)
      await ready(page)
    },
  },
  thread('thread', 'Grandma'),
  thread('thread-newsletter', 'The Slow Letter'),
  thread('thread-plain', 'harbor/relay'),
  thread('thread-rtl', 'صور'),
  thread('thread-invoice', 'Rechnung'),
  {
    name: 'letter-menu',
    show: async (page, { url }) => {
      await openLetterMenu(page, url, 'harbor/relay')
    },
  },
  {
    name: 'source',
    show: async (page, { url }) => {
      await openLetterMenu(page, url, 'harbor/relay')
      await page.getByRole('menuitem', { name: 'View source' }).click()
      await page.locator('[data-source] pre').first().waitFor()
    },
  },
  {
    name: 'preview',
    show: async (page, { url }) => {
      await signIn(page, url)
      await ready(page)
      await openThread(page, 'صور')
      await page
        .getByRole('button', { name: /^Show .*JPG/i })
        .first()
        .click()
      await page.locator('[data-preview] iframe').waitFor()
    },
  },
  {
    name: 'invitation',
    show: async (page, { url, server }) => {
      server.accountOf('mara@lindqvist.example').deliver(invitation)
      await signIn(page, url)
      await ready(page)
      await openThread(page, 'Harbour walk')
      await page.locator('[data-invitation]').waitFor()
    },
  },
  {
    name: 'mailboxes',
    show: async (page, stage) => {
      await signIn(page, stage.url)
      await ready(page)
      if (!stage.isWide)
        await page
          .getByRole('button', { name: /mailboxes/i })
          .first()
          .click()
    },
  },
  {
    name: 'archive',
    show: async (page, stage) => {
      await signIn(page, stage.url)
      await ready(page)
      await openMailbox(page, stage, 'Archive')
      await page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first().waitFor()
    },
  },
  {
    name: 'shortcuts',
    show: async (page, { url }) => {
      await signIn(page, url)
      await ready(page)
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    },
  },
  {
    name: 'offline',
    show: async (page, { url }) => {
      await signIn(page, url)
      await ready(page)
      await page.context().setOffline(true)
      await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'offline', undefined, {
        timeout: 30_000,
      })
    },
  },
  {
    name: 'gone',
    show: async (page, { url }) => {
      await signIn(page, url)
      await ready(page)
      await page.goto(`${page.url().replace(/\/$/, '')}/no-such-thread`)
      await page.waitForTimeout(1500)
    },
  },
  settingsPage('settings', ''),
  settingsPage('settings-appearance', 'appearance'),
  settingsPage('settings-keys', 'keys'),
  settingsPage('about', 'about'),
  chosen('inbox-compact', { density: 'compact' }),
  chosen('inbox-lines', { readingPane: 'none' }),
  chosen('thread-below', { readingPane: 'below' }, 'Grandma'),
  {
    name: 'not-found',
    show: async (page, { url }) => {
      await page.goto(`${url}nothing/here`)
    },
  },
]
