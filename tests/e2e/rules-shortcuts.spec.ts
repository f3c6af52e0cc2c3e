/** ShortcutHelp (design §6), and of §5a: no function exists only as a letter, dialogs return to their opener. */
import { expect, rows, signInToDemo, test } from './fixtures.ts'

test.use({ demo: { messages: 60 } })

test('? shows the keys, letters rest in it, and Esc leads back to the row', async ({ page, site }) => {
  await signInToDemo(page, site)
  const row = rows(page).nth(1).getByRole('link')
  await row.focus()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const find = help.getByRole('searchbox')
  await expect(find).toBeFocused()
  await page.keyboard.type('inbox')
  await expect(help.getByRole('listitem')).toHaveCount(1)
  await expect(help.getByRole('status')).toHaveText('1 shortcut')
  const url = page.url()
  await page.keyboard.press('Tab')
  await page.keyboard.type('jogt')
  await expect(page).toHaveURL(url)
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(row).toBeFocused()
})

test('Esc in a dialog closes it, and nothing that lies below it', async ({ page, site }) => {
  await signInToDemo(page, site)
  await rows(page).first().getByRole('link').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page.getByRole('toolbar', { name: '1 selected' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('toolbar', { name: '1 selected' })).toBeVisible()
})

test('the keys and the hiding of the mailboxes are in the account menu too', async ({ page, site }) => {
  await signInToDemo(page, site)
  const account = page.getByRole('button', { name: /mara@lindqvist\.example/ })
  await account.click()
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(account).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Hide the mailboxes' }).click()
  await expect(page.getByRole('navigation', { name: 'Mailboxes' })).toHaveCount(0)
  await expect(rows(page).first().getByRole('link')).toBeFocused()
  await page.getByRole('button', { name: 'Mailboxes' }).click()
  await expect(page.getByRole('tree', { name: 'Mailboxes' })).toBeVisible()
})

test.describe('with the first rows', () => {
  // Playwright's routes do not see what a service worker loads.
  test.use({ serviceWorkers: 'block' })

  test('a key that marks is heard before the code of what it does has come', async ({ page, site }) => {
    const code = Promise.withResolvers<undefined>()
    await page.route(/resting-parts.*\.js/, async (route) => {
      await code.promise
      await route.continue()
    })
    await signInToDemo(page, site)
    const row = page.locator('[data-view=messages] [role=listitem][data-unread]').first()
    const id = (await row.getAttribute('data-email-id')) ?? ''
    await row.getByRole('link').focus()
    await page.keyboard.press('Shift+I')
    code.resolve(undefined)
    await expect(page.locator(`[role=listitem][data-email-id="${id}"]`)).not.toHaveAttribute('data-unread')
  })
})
