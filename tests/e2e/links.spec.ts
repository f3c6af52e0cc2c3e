/** Links that lead nowhere: each says so, and offers the list (issue 4, "Bad input"). */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

const owner = 'mara@lindqvist.example'

/** The path of the Inbox, `/in/ACCOUNT/MAILBOX`. */
async function atInbox(page: Page, site: DemoSite): Promise<string> {
  await signInToDemo(page, site)
  await waitForReady(page)
  return new URL(page.url()).pathname
}

async function follow(page: Page, site: DemoSite, path: string): Promise<void> {
  await page.goto(new URL(path, site.url).href)
}

async function expectTheList(page: Page): Promise<void> {
  await expect(rows(page).first()).toBeVisible()
  await expect(page.getByText(/no longer here|Nothing is at|may not read/)).toHaveCount(0)
}

test('a link to a conversation that is gone', async ({ page, site }) => {
  const inbox = await atInbox(page, site)
  await page.setViewportSize({ width: 390, height: 844 })
  await follow(page, site, `${inbox}/gone-for-good`)
  await expect(page.getByRole('heading', { name: 'This conversation is no longer here' })).toBeVisible()
  await page.getByRole('status').getByRole('button', { name: 'Back to Inbox' }).click()
  await expectTheList(page)
})

test('a link to a message that is gone from a conversation that is not', async ({ page, site }) => {
  const inbox = await atInbox(page, site)
  const account = site.server.accountOf(owner)
  const thread = [...account.threads.values()].find(({ emails }) => emails.length > 2)
  const [dead] = thread?.emails ?? []
  if (!thread || !dead) throw new Error('the demo has no long conversation')
  account.destroy(dead.id)
  await follow(page, site, `${inbox}/${thread.id}/${dead.id}`)
  await expect(page.getByText('The message that the link names is no longer here.')).toBeVisible()
  await expect(page.locator(`main article[data-email-id="${String(thread.emails.at(-1)?.id)}"]`)).toBeVisible()
  await page.getByRole('status').getByRole('button', { name: 'Back to Inbox' }).click()
  await expectTheList(page)
})

test('a link into a mailbox that is not there, another account, or no form of ours', async ({ page, site }) => {
  const inbox = await atInbox(page, site)
  const [, , account] = inbox.split('/')
  for (const path of [`/in/${String(account)}/no-such-mailbox`, '/in/someone-else/m1/t1', '/in/a/b/c/d/e']) {
    await follow(page, site, path)
    await expect(page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
    await page.getByRole('button', { name: 'Go to the Inbox' }).click()
    await expect(page).toHaveURL(new URL(inbox, site.url).href)
    await expectTheList(page)
  }
})

test('a link into a mailbox without the right to read it, and to a message there', async ({ page, site }) => {
  const [, , own = ''] = (await atInbox(page, site)).split('/')
  const club = site.server.accountOf('club@rowing.example')
  const archive = club.mailboxByRole('archive')
  if (!archive) throw new Error('the club has no archive')
  const { thread } = club.deliver('Subject: Not for Mara\r\n\r\nx\r\n', { mailboxIds: [archive.id] })
  const [login = ''] = own.split('.')
  const path = `/in/${login}.${club.id}/${archive.id}`
  await follow(page, site, path)
  await expect(page.getByText('You may not read this mailbox.')).toBeVisible()
  await expect(rows(page)).toHaveCount(0)
  await follow(page, site, `${path}/${thread.id}`)
  await expect(page.getByRole('heading', { name: 'This conversation is no longer here' })).toBeVisible()
  await expect(page.getByText('Not for Mara')).toHaveCount(0)
  await page
    .getByRole('treeitem', { name: /^Inbox/ })
    .first()
    .click()
  await expectTheList(page)
})
