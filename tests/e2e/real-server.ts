/**
 * What the browser tests on a real JMAP server stand on: a Cyrus of their own, or the server of JMAP_TEST_URL,
 * JMAP_TEST_USER and JMAP_TEST_PASSWORD. There they touch one mailbox only, which they make and destroy.
 */
import { test as base, expect, type Page } from '@playwright/test'
import { serveUpstream } from '../../demo/http/serve.ts'
import { Target, type Json } from '../contract/target.ts'
import { startCyrus } from '../servers/cyrus.ts'
import { fillFromDemo, importMessage, inboxOf } from '../servers/fill-account.ts'
import { expectNone, watchBreaches } from './breaches.ts'

/** Of these about a fifth is in the demo Inbox: more than a first sync brings, so that older rows are asked for. */
const FILL = 1000

export interface ServerAccount {
  readonly user: string
  readonly password: string
  /** Another client of the same account. */
  readonly other: Target
  /** The mailbox that holds the tests' mail: the Inbox of a server of our own, else one made for them. */
  readonly mailboxId: string
  readonly url: URL
}

/** The app before the server, which can be cut off from it and put back under the same address. */
export interface CuttableSite {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

interface Fixtures {
  readonly site: CuttableSite
  /** What went wrong on any page of the context; empty at the end or the test fails. */
  readonly breaches: string[]
}

export const skipReason = process.env['JMAP_TEST_URL'] ? undefined : process.env['POSTERN_NO_CYRUS']

export const test = base.extend<Fixtures, { account: ServerAccount }>({
  account: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this very pattern
    async ({}, use) => {
      const { env } = process
      if (env['JMAP_TEST_URL'])
        await onOtherServer(env['JMAP_TEST_URL'], env['JMAP_TEST_USER'] ?? '', env['JMAP_TEST_PASSWORD'] ?? '', use)
      else await onCyrus(use)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  site: async ({ account }, use) => {
    const sites = [await serveUpstream(account.url)]
    const url = sites[0]?.url ?? ''
    const cut = async (): Promise<void> => {
      for (const site of sites.splice(0)) await site.close()
    }
    await use({
      url,
      cut,
      mend: async () => {
        sites.push(await serveUpstream(account.url, { port: Number(new URL(url).port) }))
      },
    })
    await cut()
  },
  breaches: [
    async ({ context, site }, use) => {
      const breaches = await watchBreaches(context, site.url)
      await use(breaches)
      expectNone(breaches)
    },
    { auto: true },
  ],
})

export { expect }

async function onCyrus(use: (account: ServerAccount) => Promise<void>): Promise<void> {
  const cyrus = await startCyrus(['alice'])
  try {
    const other = new Target({ url: cyrus.url, user: 'alice', password: 'alice-secret' })
    await other.connect()
    const mailboxId = await inboxOf(other)
    await fillFromDemo(other, mailboxId, FILL)
    await use({ user: 'alice', password: 'alice-secret', other, mailboxId, url: new URL(cyrus.url) })
  } finally {
    await cyrus.stop()
  }
}

async function onOtherServer(
  url: string,
  user: string,
  password: string,
  use: (account: ServerAccount) => Promise<void>,
): Promise<void> {
  const other = new Target({ url, user, password })
  await other.connect()
  const mailboxId = await createMailbox(other, `Postern test ${String(Date.now())}`)
  try {
    await fillFromDemo(other, mailboxId, FILL)
    await use({ user, password, other, mailboxId, url: new URL(url) })
  } finally {
    await destroyMailbox(other, mailboxId)
  }
}

export async function createMailbox(other: Target, name: string): Promise<string> {
  const answer = await other.call('Mailbox/set', { create: { b: { name } } })
  const created = (answer['created'] as Record<string, Json> | null)?.['b']
  if (!created) throw new Error(`mailbox refused: ${JSON.stringify(answer['notCreated'])}`)
  return String(created['id'])
}

/** With what is in it. */
export async function destroyMailbox(other: Target, id: string): Promise<void> {
  await other.call('Mailbox/set', { destroy: [id], onDestroyRemoveEmails: true })
}

/** Changes one Email as another client would. */
export async function patchEmail(other: Target, id: string, patch: Json): Promise<void> {
  const answer = await other.call('Email/set', { update: { [id]: patch } })
  if (!(id in ((answer['updated'] ?? {}) as Json))) throw new Error(JSON.stringify(answer['notUpdated']))
}

export async function keywordsOf(other: Target, id: string): Promise<string[]> {
  const answer = await other.call('Email/get', { ids: [id], properties: ['keywords'] })
  return Object.keys((answer['list'] as { keywords: Json }[])[0]?.keywords ?? {})
}

export interface Letter {
  readonly subject: string
  readonly text?: string
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly receivedAt?: string
  /** Everything after the header fields of the message itself; a plain text unless given. */
  readonly mime?: string
}

/** A message comes in; answers its Email id. */
export async function deliver({ other, mailboxId }: ServerAccount, letter: Letter): Promise<string> {
  const { subject, messageId, inReplyTo } = letter
  const receivedAt = letter.receivedAt?.replace(/\.\d+Z$/, 'Z')
  const unique = `${String(Date.now())}.${String(Math.random()).slice(2)}@remote.example`
  const raw = [
    'From: Test <test@remote.example>',
    'To: Reader <reader@example.test>',
    `Subject: ${subject}`,
    `Message-ID: <${messageId ?? unique}>`,
    ...(inReplyTo ? [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`] : []),
    `Date: ${new Date(letter.receivedAt ?? Date.now()).toUTCString()}`,
    'MIME-Version: 1.0',
    letter.mime ?? `Content-Type: text/plain; charset=utf-8\r\n\r\n${letter.text ?? 'One line of text.'}\r\n`,
  ].join('\r\n')
  return importMessage(other, { raw, mailboxId, ...(receivedAt ? { receivedAt } : {}) })
}

/** Signs in by the form, on a device that is the reader's own. */
export async function signIn(page: Page, site: CuttableSite, { user, password }: ServerAccount): Promise<void> {
  await page.goto(site.url)
  await page.fill('input[autocomplete=username]', user)
  await page.fill('input[autocomplete=current-password]', password)
  await page.getByRole('checkbox', { name: 'This device is mine' }).setChecked(true)
  await page.click('button[type=submit]')
  await expect(page.getByRole('treeitem').first()).toBeVisible()
}

/** Opens a mailbox from the tree and waits for its rows. */
export async function openMailbox(page: Page, id: string): Promise<void> {
  await page.locator(`[role=treeitem][data-mailbox-id="${id}"]`).click()
  await expect(page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first()).toBeVisible()
}

/** Asks the server now, as the reader can: a server without an event stream is asked every half minute only. */
export async function tryNow(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Try now' })
  if (!(await button.isVisible()))
    await page
      .getByRole('button', { name: /up to date|offline|fetching|starting|server/i })
      .first()
      .click()
  await button.click()
}
