/** The setting "conversations or single messages": lists of messages, and a message by itself, in every tab at once. */
import { expect, rows, signInToDemo, test, waitForReady } from './fixtures.ts'
import type { Locator, Page } from '@playwright/test'
import type { DemoSite } from '../../demo/http/serve.ts'

/** Three messages of one conversation, each with a subject of its own to be told by. */
function deliverTalk(site: DemoSite): void {
  for (const n of [1, 2, 3]) {
    const raw = [
      `From: ${n === 2 ? 'Ilya Orlov <ilya@remote.example>' : 'Nadia Ruiz <nadia@remote.example>'}`,
      'To: Mara Lindqvist <mara@lindqvist.example>',
      `Subject: ${n > 1 ? 'Re: ' : ''}Three voices`,
      `Message-ID: <voice-${String(n)}@remote.example>`,
      ...(n > 1 ? ['References: <voice-1@remote.example>'] : []),
      `Date: ${new Date().toUTCString()}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Voice number ${String(n)}.`,
      '',
    ].join('\r\n')
    const receivedAt = Date.now() - (3 - n) * 2_000
    site.server.accountOf('mara@lindqvist.example').deliver(raw, { receivedAt })
  }
}

const voices = (page: Page): Locator => rows(page).filter({ hasText: 'Three voices' })
const articles = (page: Page): Locator => page.locator('main article')

async function choose(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Reading' }).click()
  await page.getByRole('radiogroup', { name: 'Lists show' }).getByRole('radio', { name: choice }).check()
  await page.keyboard.press('Escape')
  await expect(rows(page).first()).toBeVisible()
}

test('conversations or single messages: a row for each message, in both tabs, and after a reload', async ({
  context,
  page,
  site,
}) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  deliverTalk(site)
  await expect(voices(page)).toHaveCount(1)
  const threads = Number(await rows(page).first().getAttribute('aria-setsize'))
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(voices(second)).toHaveCount(1)

  await choose(page, 'Single messages')
  for (const tab of [page, second]) {
    await expect(voices(tab)).toHaveCount(3)
    await expect(voices(tab).getByText('Nadia Ruiz').first()).toBeVisible()
    await expect(voices(tab).locator('.count')).toHaveCount(0)
  }
  const inbox = site.server.accountOf('mara@lindqvist.example').mailboxByRole('inbox')
  await expect(rows(page).first()).toHaveAttribute('aria-setsize', String(inbox?.totalEmails))
  expect(inbox?.totalEmails).toBeGreaterThan(threads)

  // A message opens by itself, its row alone is the open one, and is read alone.
  await voices(page).nth(1).getByRole('link').click()
  await expect(page.locator('main h1')).toHaveText('Re: Three voices')
  await expect(articles(page)).toHaveCount(1)
  await expect(articles(page)).toContainText('Voice number 2.')
  await expect(voices(page).locator('a[aria-current=true]')).toHaveCount(1)
  await expect(voices(page).nth(1)).not.toHaveAttribute('data-unread', '')
  await expect(voices(page).nth(0)).toHaveAttribute('data-unread', '')

  // J and K go from message to message, the rest of the conversation is one press away.
  await page.keyboard.press('j')
  await expect(articles(page)).toContainText('Voice number 1.')
  await expect(articles(page)).toHaveCount(1)
  await page.getByRole('button', { name: '2 later messages from Ilya and Nadia' }).press('Enter')
  await expect(articles(page)).toHaveCount(3)
  await expect(voices(page).nth(2).locator('a')).toHaveAttribute('aria-current', 'true')

  // The address names the message: a reload shows it as it was opened.
  await page.reload()
  await expect(articles(page)).toHaveCount(1)
  await expect(articles(page)).toContainText('Voice number 1.')
  await expect(voices(page)).toHaveCount(3)

  await choose(page, 'Conversations')
  for (const tab of [page, second]) await expect(voices(tab)).toHaveCount(1)
})

test('ticks and filters are about single messages, too, and one that arrives stands alone', async ({ page, site }) => {
  await signInToDemo(page, site)
  await waitForReady(page)
  deliverTalk(site)
  await expect(voices(page)).toHaveCount(1)
  await choose(page, 'Single messages')
  await expect(voices(page)).toHaveCount(3)
  await voices(page).nth(0).getByRole('checkbox').check()
  await voices(page).nth(2).getByRole('checkbox').check()
  await page.keyboard.press('Shift+I')
  await expect(voices(page).nth(0)).not.toHaveAttribute('data-unread', '')
  await expect(voices(page).nth(1)).toHaveAttribute('data-unread', '')
  await expect(voices(page).nth(2)).not.toHaveAttribute('data-unread', '')
  await page.goto(`${page.url()}?filter=unread`)
  await expect(voices(page)).toHaveCount(1)
  await expect(voices(page)).toContainText('Ilya Orlov')
})

test.describe('a mailbox that is not all on this device', () => {
  test.use({ demo: { messages: 6000 } })
  test('goes on with messages from the server, without a gap', async ({ page, site }) => {
    await signInToDemo(page, site)
    await choose(page, 'Single messages')
    await page.keyboard.press('End')
    const last = page.locator('[data-view=messages] [role=listitem]').last()
    await rows(page).first().getByRole('link').focus()
    await page.keyboard.press('End')
    const inbox = site.server.accountOf('mara@lindqvist.example').mailboxByRole('inbox')
    await expect(last).toHaveAttribute('aria-posinset', String(inbox?.totalEmails))
    await expect(last).not.toHaveAttribute('aria-busy', 'true')
    const oldest = [...(inbox?.emails ?? [])].sort((a, b) => a.receivedAt - b.receivedAt)[0]
    await expect(last).toHaveAttribute('data-email-id', oldest?.id ?? '')
  })
})
