/** The sidebar's menu of a mailbox, and the dialogs that lead from it. */
import { enter, showMailboxes } from './stage.ts'
import type { Page } from 'playwright'
import type { Screen, Stage } from './stage.ts'

/** In a mailbox of the reader's own, with mail and with one more inside. */
async function openMenu(page: Page, stage: Stage, name = 'Trips'): Promise<void> {
  const account = stage.server.accountOf('mara@lindqvist.example')
  const boxes = [...account.mailboxes.values()]
  if (!boxes.some((each) => each.name === 'Trips')) {
    const trips = account.createMailbox({ name: 'Trips' })
    account.createMailbox({ name: 'Rome', parentId: trips.id })
    account.deliver('Subject: Trains\nFrom: a@example.test\n\nHello', { mailboxIds: [trips.id] })
  }
  await enter(page, stage.url)
  await showMailboxes(page, stage)
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .first()
    .press('Shift+F10')
  await page.getByRole('menu').waitFor()
}

const dialog = (name: string, item: string, role: 'dialog' | 'alertdialog' = 'dialog'): Screen => ({
  name,
  show: async (page, stage) => {
    await openMenu(page, stage)
    await page.getByRole('menuitem', { name: item }).click()
    await page.getByRole(role).last().waitFor()
  },
})

export const mailboxScreens: readonly Screen[] = [
  { name: 'mailbox-menu', show: openMenu },
  dialog('mailbox-new', 'New mailbox inside…'),
  {
    name: 'mailbox-rename',
    show: async (page, stage) => {
      await openMenu(page, stage)
      await page.getByRole('menuitem', { name: 'Rename…' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('')
      await page.keyboard.press('Enter')
      await page.getByText('Type a name.').waitFor()
    },
  },
  dialog('mailbox-move', 'Move…'),
  dialog('mailbox-colour', 'Colour…'),
  {
    name: 'mailbox-colours',
    show: async (page, stage) => {
      await openMenu(page, stage)
      await page.getByRole('menuitem', { name: 'Colour…' }).click()
      await page.getByRole('radio', { name: 'Violet' }).check()
      await page.getByRole('button', { name: 'Choose' }).click()
      await page.locator('[role=treeitem][style*="--tint"]').first().waitFor()
    },
  },
  dialog('mailbox-delete', 'Delete…', 'alertdialog'),
]
