/** The app before a real JMAP server, with another client at work in the same account. */
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import type { Json, Target } from '../contract/target.ts'
import {
  createMailbox,
  deliver,
  destroyMailbox,
  expect,
  keywordsOf,
  openMailbox,
  patchEmail,
  signIn,
  skipReason,
  test,
  tryNow,
  type CuttableSite,
  type ServerAccount,
} from './real-server.ts'

test.skip(skipReason !== undefined, skipReason)

const rows = (page: Page): Locator => page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])')
const row = (page: Page, subject: string): Locator => rows(page).filter({ hasText: subject })
const treeitem = (page: Page, id: string): Locator => page.locator(`[role=treeitem][data-mailbox-id="${id}"]`)

async function isReady(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'ready', { timeout: 30_000 })
}

async function open(page: Page, site: CuttableSite, account: ServerAccount): Promise<void> {
  await signIn(page, site, account)
  await openMailbox(page, account.mailboxId)
}

async function openThread(page: Page, subject: string): Promise<Locator> {
  await row(page, subject).getByRole('link').click()
  await expect(page.locator('main h1')).toHaveText(subject)
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  return page.locator('main article').last()
}

/** Conversations of the mailbox in the server's order: each where its newest message of this mailbox stands. */
async function threadsAtServer(other: Target, mailboxId: string): Promise<string[]> {
  const threads = new Set<string>()
  for (let position = 0; ;) {
    const query = { filter: { inMailbox: mailboxId }, sort: [{ property: 'receivedAt', isAscending: false }] }
    const { ids } = (await other.call('Email/query', { ...query, position, limit: 100 })) as { ids: string[] }
    if (ids.length === 0) return [...threads]
    const { list } = await other.call('Email/get', { ids, properties: ['threadId'] })
    const threadOf = new Map((list as Json[]).map((email) => [email['id'], String(email['threadId'])]))
    for (const id of ids) threads.add(threadOf.get(id) ?? `no thread of ${id}`)
    position += ids.length
  }
}

/** Scrolls through the whole list and notes which conversation stands at which position. */
async function threadsOnScreen(page: Page): Promise<string[]> {
  const seen = new Map<number, string>()
  const size = Number(await rows(page).first().getAttribute('aria-setsize'))
  const note = async (): Promise<void> => {
    const found = await rows(page).evaluateAll((all) =>
      all.map(
        (each) => [Number(each.getAttribute('aria-posinset')), each.getAttribute('data-thread-id') ?? ''] as const,
      ),
    )
    for (const [position, threadId] of found) seen.set(position, threadId)
  }
  await page.locator('[data-view=messages]').hover()
  await note()
  for (let screen = 0; screen < 60 && seen.size < size; screen += 1) {
    await page.mouse.wheel(0, 500)
    await page.waitForTimeout(100)
    // However long the rows below take to come: the next turn of the wheel leaves none of them out.
    await expect(page.locator('[data-view=messages] [aria-busy=true]')).toHaveCount(0)
    await note()
  }
  return Array.from({ length: size }, (_, index) => seen.get(index + 1) ?? 'not seen')
}

test('a wrong password is refused in words; the right one leads to the mail', async ({ page, site, account }) => {
  await page.goto(site.url)
  await page.fill('input[autocomplete=username]', account.user)
  await page.fill('input[autocomplete=current-password]', 'not this one')
  await page.click('button[type=submit]')
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /refused/ })
      .first(),
  ).toBeVisible()
  await expect(page.locator('input[autocomplete=current-password]')).toHaveAttribute('aria-invalid', 'true')
  await open(page, site, account)
})

test('every conversation stands where the server has it, and their number is the server’s', async ({
  page,
  site,
  account,
}) => {
  await open(page, site, account)
  const expected = await threadsAtServer(account.other, account.mailboxId)
  expect(expected.length).toBeGreaterThan(100)
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(expected.length))
  expect(await threadsOnScreen(page)).toEqual(expected)
})

test('a conversation of three plain messages is one row, and opens at the first unread one', async ({
  page,
  site,
  account,
}) => {
  const root = `root-${String(Date.now())}@remote.example`
  const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const [subject, inReplyTo] = ['Re: Three letters', root]
  const first = await deliver(account, {
    subject: 'Three letters',
    messageId: root,
    text: 'The first letter.',
    receivedAt: at(3),
  })
  await patchEmail(account.other, first, { 'keywords/$seen': true })
  await deliver(account, { subject, inReplyTo, text: 'The second letter.', receivedAt: at(2) })
  await deliver(account, { subject, inReplyTo, text: 'The third letter.', receivedAt: at(1) })
  await open(page, site, account)
  await expect(row(page, 'Three letters')).toHaveCount(1)
  await row(page, 'Three letters').getByRole('link').click()
  const articles = page.locator('main article')
  await expect(articles).toHaveCount(3)
  await expect(articles.nth(1)).toContainText('The second letter.')
  await expect(articles.nth(1).locator('[data-fold]')).toHaveAttribute('aria-expanded', 'true')
  await expect(articles.nth(2)).toContainText('The third letter.')
})

test('an HTML letter is shown in its frame, and its attachment is saved byte for byte', async ({
  page,
  site,
  account,
}) => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7) % 256))
  const mime = [
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Grüße aus <b>Cyrus</b>. <img src="https://pixel.example/x.gif"></p>',
    '--b',
    'Content-Type: application/pdf',
    "Content-Disposition: attachment; filename*=utf-8''Pl%C3%A4ne.pdf",
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n')
  await deliver(account, { subject: 'With a file', mime })
  await open(page, site, account)
  const article = await openThread(page, 'With a file')
  await expect(article.frameLocator('iframe').locator('body')).toContainText('Grüße aus Cyrus.')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Download Pläne\.pdf/ }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('Pläne.pdf')
  expect(bytes.equals(await readFile(await download.path()))).toBe(true)
})

test('read and unread are what the server says too', async ({ page, site, account }) => {
  const id = await deliver(account, { subject: 'To be read' })
  await open(page, site, account)
  await expect(row(page, 'To be read')).toHaveAttribute('data-unread')
  await openThread(page, 'To be read')
  await expect(row(page, 'To be read')).not.toHaveAttribute('data-unread')
  await expect.poll(() => keywordsOf(account.other, id)).toContain('$seen')
  await page.keyboard.press('Shift+U')
  await expect(row(page, 'To be read')).toHaveAttribute('data-unread')
  await expect.poll(() => keywordsOf(account.other, id)).not.toContain('$seen')
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
})

test('new mail comes to the top, and an answer lifts its conversation', async ({ page, site, account }) => {
  const root = `lift-${String(Date.now())}@remote.example`
  await deliver(account, { subject: 'A question', messageId: root })
  await deliver(account, { subject: 'Something else' })
  await open(page, site, account)
  await isReady(page)
  await deliver(account, { subject: 'Just arrived' })
  await tryNow(page)
  await expect(rows(page).first()).toContainText('Just arrived')
  await page.waitForTimeout(1100) // receivedAt has whole seconds
  await deliver(account, { subject: 'Re: A question', inReplyTo: root, text: 'An answer.' })
  await tryNow(page)
  await expect(rows(page).first()).toContainText('A question')
  await expect(row(page, 'A question')).toHaveCount(1)
  const expected = await threadsAtServer(account.other, account.mailboxId)
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(expected.length))
})

test('new mail comes by itself, also from a server that has no event stream', async ({ page, site, account }) => {
  test.setTimeout(90_000)
  await open(page, site, account)
  await isReady(page)
  await deliver(account, { subject: 'Nobody asked' })
  // a visible page is polled every 30 s, give or take a fifth
  await expect(rows(page).first()).toContainText('Nobody asked', { timeout: 45_000 })
})

test('what another client flags, moves and destroys shows', async ({ page, site, account }) => {
  const { other, mailboxId } = account
  const [flagged, moved, destroyed] = [
    await deliver(account, { subject: 'To be flagged' }),
    await deliver(account, { subject: 'To be moved' }),
    await deliver(account, { subject: 'To be destroyed' }),
  ]
  const target = await createMailbox(other, `Moved to ${String(Date.now())}`)
  await open(page, site, account)
  await isReady(page)
  await expect(row(page, 'To be flagged')).not.toHaveAttribute('data-flagged')
  await expect(row(page, 'To be moved')).toBeVisible()
  await expect(row(page, 'To be destroyed')).toBeVisible()
  await patchEmail(other, flagged, { 'keywords/$flagged': true })
  await patchEmail(other, moved, { mailboxIds: { [target]: true } })
  await other.call('Email/set', { destroy: [destroyed] })
  await tryNow(page)
  await expect(row(page, 'To be flagged')).toHaveAttribute('data-flagged')
  await expect(row(page, 'To be moved')).toHaveCount(0)
  await expect(row(page, 'To be destroyed')).toHaveCount(0)
  await openMailbox(page, target)
  await expect(rows(page)).toHaveCount(1)
  await expect(row(page, 'To be moved')).toBeVisible()
  await openMailbox(page, mailboxId)
  await destroyMailbox(other, target)
})

test('mailboxes that another client makes, names anew and destroys show in the tree', async ({
  page,
  site,
  account,
}) => {
  const { other } = account
  await open(page, site, account)
  await isReady(page)
  const name = `Garden ${String(Date.now())}`
  const id = await createMailbox(other, name)
  await tryNow(page)
  await expect(treeitem(page, id)).toHaveText(name)
  await other.call('Mailbox/set', { update: { [id]: { name: `${name} and shed` } } })
  await tryNow(page)
  await expect(treeitem(page, id)).toHaveText(`${name} and shed`)
  await destroyMailbox(other, id)
  await tryNow(page)
  await expect(treeitem(page, id)).toHaveCount(0)
})

test('with the network gone a reload shows the mail, and what is done then reaches the server later', async ({
  page,
  site,
  account,
}) => {
  const id = await deliver(account, { subject: 'Read on the train', text: 'Past all tunnels.' })
  await open(page, site, account)
  await isReady(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await site.cut()
  await page.reload()
  const article = await openThread(page, 'Read on the train')
  await expect(article).toContainText('Past all tunnels.')
  await expect(page.locator('html')).toHaveAttribute('data-sync', 'offline')
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '1')
  expect(await keywordsOf(account.other, id)).not.toContain('$seen')
  const older = rows(page).nth(5)
  const subject = await older.locator('.subject').innerText()
  await older.getByRole('link').click()
  await expect(page.locator('main h1')).toHaveText(subject)
  await expect(page.locator('main article[aria-busy=true]')).toHaveCount(0)
  await site.mend()
  await tryNow(page)
  await isReady(page)
  await expect(page.locator('html')).toHaveAttribute('data-outbox', '0')
  expect(await keywordsOf(account.other, id)).toContain('$seen')
})

test('signing out leaves nothing on the device', async ({ page, site, account }) => {
  await open(page, site, account)
  const databases = (): Promise<(string | undefined)[]> =>
    page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith('postern/')),
    )
  expect(await databases()).not.toEqual([])
  await page
    .getByRole('button', { name: /^Account/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^Sign out/ }).click()
  await expect(page.locator('input[autocomplete=username]')).toBeVisible({ timeout: 5000 })
  await expect.poll(databases, { timeout: 5000 }).toEqual([])
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(account.user)
})
