/** Lists and mailboxes: whole, narrowed, ticked, empty, offline; and the panels that open from them. */
import { fingerOn } from '../support/finger.ts'
import { note } from './letters.ts'
import { enter, enterNarrowed, enterWith, openMailbox, openThread, rows, showMailboxes } from './stage.ts'
import type { Page } from 'playwright'
import type { Screen, Stage } from './stage.ts'

/** The Inbox, or a conversation, as other settings show it. */
const chosen = (name: string, settings: Readonly<Record<string, string>>, text?: string): Screen => ({
  name,
  show: async (page, { url }) => {
    await page.goto(url)
    await page.evaluate((value) => {
      localStorage.setItem('postern:settings', value)
    }, JSON.stringify(settings))
    await enter(page, url)
    if (text !== undefined) await openThread(page, text)
  },
})

async function openAccountMenu(page: Page, stage: Stage): Promise<void> {
  await showMailboxes(page, stage)
  await page.getByRole('button', { name: /^Account / }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** What puts mail away meets a conversation that no other screen needs. */
async function pressOn(page: Page, stage: Stage, key: string, subject: string): Promise<void> {
  await enterWith(page, stage, note(subject), subject)
  await rows(page).filter({ hasText: subject }).first().getByRole('link').focus()
  await page.keyboard.press(key)
}

/** Marks one conversation as read or unread, which the server will not have. */
async function refuseOne(page: Page, stage: Stage): Promise<void> {
  const mend = stage.server.faults.add({
    match: { method: 'Email/set' },
    do: { kind: 'methodError', type: 'overQuota' },
  })
  await enter(page, stage.url)
  await page.locator('[data-view=messages]').getByRole('checkbox').first().focus()
  await page.keyboard.press('Space')
  await page
    .getByRole('button', { name: /^Mark as (?:un)?read$/ })
    .last()
    .click()
  await page.getByRole('region', { name: 'Refused by the server' }).waitFor()
  mend()
}

export const listScreens: readonly Screen[] = [
  { name: 'inbox', show: async (page, { url }) => enter(page, url) },
  chosen('inbox-compact', { density: 'compact' }),
  chosen('inbox-lines', { readingPane: 'none' }),
  chosen('thread-below', { readingPane: 'below' }, 'Grandma'),
  {
    name: 'messages',
    show: async (page, { url }) => {
      await enter(page, url)
      const account = decodeURIComponent(new URL(page.url()).pathname.split('/')[2] ?? '')
      await page.evaluate((key) => {
        localStorage.setItem(`postern:settings/${key}`, JSON.stringify({ conversations: false }))
      }, account)
      await page.reload()
      await openThread(page, 'Grandma')
      await page.locator('[data-folded]').first().waitFor()
    },
  },
  {
    name: 'filter-menu',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.getByRole('button', { name: 'Filter and sort' }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'go-to-date',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.getByRole('button', { name: 'Filter and sort' }).click()
      await page.getByRole('menuitem', { name: 'Go to date…' }).click()
      await page.getByLabel('The first mail on or before').fill('2021-06-05')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'inbox-unread',
    show: async (page, stage) => {
      await enterNarrowed(page, stage, '?filter=unread')
      await page.getByRole('button', { name: 'Remove: Unread' }).waitFor()
      await page.locator('[data-view=messages] [data-unread]').first().waitFor()
    },
  },
  {
    name: 'inbox-narrowed',
    show: async (page, stage) => {
      await enterNarrowed(page, stage, '?filter=unread&filter=flagged&to=strom%40lindqvist.example&sort=-subject')
      await page.getByRole('button', { name: /^Remove: Subject/ }).waitFor()
    },
  },
  {
    name: 'flagged',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await openMailbox(page, stage, 'Flagged')
      await page
        .getByRole('region', { name: 'Flagged' })
        .or(page.getByRole('heading', { name: 'Flagged' }))
        .first()
        .waitFor()
    },
  },
  {
    name: 'selection',
    show: async (page, { url }) => {
      await enter(page, url)
      for (const at of [1, 2, 4]) {
        await page.locator('[data-view=messages]').getByRole('checkbox').nth(at).focus()
        await page.keyboard.press('Space')
      }
      await page.getByRole('toolbar', { name: '3 selected' }).waitFor()
    },
  },
  {
    name: 'all-selected',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages]').getByRole('checkbox').first().focus()
      await page.keyboard.press('Space')
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Select all/ })
        .click()
      await page
        .getByRole('toolbar')
        .getByText(/^All .* are selected/)
        .waitFor()
    },
  },
  {
    name: 'delete-for-ever',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await openMailbox(page, stage, 'Trash')
      await page.locator('[data-view=messages]').getByRole('checkbox').first().focus()
      await page.keyboard.press('Space')
      await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'empty-trash',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await openMailbox(page, stage, 'Trash')
      await page.getByRole('button', { name: 'Empty Trash' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'swipe-open',
    show: async (page, { url, isStack }) => {
      await enter(page, url)
      // Elsewhere it is the Inbox.
      if (!isStack) return
      await page.waitForFunction(() => {
        const row = document.querySelector('[data-view=messages] > [role=listitem]')
        return row !== null && getComputedStyle(row).touchAction !== 'auto'
      })
      const finger = await fingerOn(page)
      const box = await page.locator('[data-view=messages] > [role=listitem] > .row').nth(1).boundingBox()
      const [x, y] = [(box?.width ?? 0) - 50, (box?.y ?? 0) + 20]
      await finger.drag({ x, y }, { x: x - 80, y })
      // A finger that has stopped flicks nothing.
      await page.waitForTimeout(150)
      await finger.up()
      await page.locator('.swipe-fill button').waitFor()
    },
  },
  {
    name: 'row-menu',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages] [role=listitem] a').nth(2).focus()
      await page.keyboard.press('Shift+F10')
      await page.getByRole('menu', { name: 'Actions' }).waitFor()
    },
  },
  {
    name: 'move-to',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages] [role=listitem] a').first().focus()
      await page.keyboard.press('v')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
  {
    name: 'snooze',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages] [role=listitem] a').first().focus()
      await page.keyboard.press('b')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Tomorrow/ })
        .waitFor()
    },
  },
  {
    name: 'snoozed',
    show: async (page, stage) => {
      await pressOn(page, stage, 'b', 'Roof of the shed')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Tomorrow/ })
        .click()
      await openMailbox(page, stage, 'Snoozed')
      await rows(page)
        .getByText(/\b0?8:00/)
        .filter({ visible: true })
        .first()
        .waitFor()
    },
  },
  {
    name: 'muted',
    show: async (page, stage) => {
      await pressOn(page, stage, 'm', 'Every word on the shed')
      await page.getByRole('status').filter({ hasText: 'muted' }).first().waitFor()
      await openMailbox(page, stage, 'Archive')
      await page
        .getByRole('link', { name: /, muted/ })
        .first()
        .click()
      await page.getByText('Muted: what comes skips the Inbox').first().waitFor()
    },
  },
  {
    name: 'labels',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages] [role=listitem] a').first().focus()
      await page.keyboard.press('l')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
      await page.keyboard.press('Space')
    },
  },
  {
    name: 'toast',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.locator('[data-view=messages] [role=listitem] a').first().focus()
      await page.keyboard.press('s')
      // With the focus it stays.
      await page.getByRole('button', { name: 'Undo' }).focus()
    },
  },
  {
    name: 'mailboxes',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await showMailboxes(page, stage)
    },
  },
  {
    name: 'archive',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await openMailbox(page, stage, 'Archive')
      await page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').first().waitFor()
    },
  },
  {
    name: 'empty',
    show: async (page, stage) => {
      const account = stage.server.accountOf('mara@lindqvist.example')
      const trash = account.mailboxByRole('trash')
      for (const { id, mailboxIds } of [...account.emails.values()])
        if (trash && mailboxIds.has(trash.id)) account.destroy(id)
      await enter(page, stage.url)
      await openMailbox(page, stage, 'Trash')
      await page.getByText('Nothing here yet.').waitFor()
    },
  },
  {
    name: 'account-menu',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await openAccountMenu(page, stage)
    },
  },
  {
    name: 'sign-out',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await page.locator('[data-view=messages]').getByRole('checkbox').first().focus()
      await page.keyboard.press('Space')
      await page.getByRole('toolbar').waitFor()
      await page.context().setOffline(true)
      await page
        .getByRole('button', { name: /^Mark as (?:un)?read$/ })
        .last()
        .click()
      await page.waitForFunction(() => document.documentElement.dataset['outbox'] !== '0')
      await page.keyboard.press('Escape')
      await openAccountMenu(page, stage)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'connection',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await showMailboxes(page, stage)
      await page.getByRole('button', { name: /^(?:Up to date|Fetching|Starting)/ }).click()
      await page.getByRole('dialog', { name: 'Connection' }).waitFor()
    },
  },
  {
    name: 'refused',
    show: async (page, stage) => {
      await refuseOne(page, stage)
      await page.getByRole('region', { name: 'Refused by the server' }).waitFor()
    },
  },
  {
    name: 'unsent-changes',
    show: async (page, stage) => {
      await refuseOne(page, stage)
      await page.getByRole('region', { name: 'Refused by the server' }).getByRole('button', { name: 'Show' }).click()
      await page.getByRole('dialog', { name: 'Unsent changes' }).getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'shortcuts',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    },
  },
  {
    name: 'offline',
    show: async (page, stage) => {
      await enter(page, stage.url)
      // With their code comes the notice's, which is kept for offline half a minute after the start only.
      await showMailboxes(page, stage)
      if (!stage.isWide) await page.keyboard.press('Escape')
      await page.context().setOffline(true)
      await page
        .getByText(/^Offline[.,] Mail as of|^Offline, mail as of/)
        .first()
        .waitFor({ timeout: 30_000 })
    },
  },
]
