/** An opened conversation, and what lies over it or opens from it. */
import {
  deceptiveLink,
  files,
  forged,
  heldPictures,
  invitation,
  outlookFiles,
  vouchedPictures,
  writesTo,
} from './letters.ts'
import { enter, enterWith, openConversationMenu, openLetterMenu, openThread } from './stage.ts'
import type { Page } from 'playwright'
import type { Screen, Stage } from './stage.ts'

const thread = (name: string, text: string): Screen => ({
  name,
  show: async (page, { url }) => {
    await enter(page, url)
    await openThread(page, text)
  },
})

const filesSubject = 'Crane: picture, minutes'

async function openFile(page: Page, stage: Stage, name: string): Promise<void> {
  await enterWith(page, stage, files(), filesSubject)
  await openThread(page, filesSubject)
  await page
    .getByRole('list', { name: 'Attachments' })
    .getByRole('button', { name: `Show ${name}` })
    .click()
}

export const readingScreens: readonly Screen[] = [
  thread('thread', 'Grandma'),
  thread('thread-newsletter', 'The Slow Letter'),
  thread('thread-plain', 'harbor/relay'),
  thread('thread-rtl', 'صور'),
  thread('thread-invoice', 'Rechnung'),
  {
    name: 'thread-held',
    show: async (page, stage) => {
      await enterWith(page, stage, heldPictures(), 'Pictures from the internet')
      await openThread(page, 'Pictures from the internet')
      await page.getByRole('button', { name: 'Show once' }).waitFor()
    },
  },
  {
    name: 'thread-held-vouched',
    show: async (page, stage) => {
      await enterWith(page, stage, vouchedPictures(), 'Pictures of a known sender')
      await openThread(page, 'Pictures of a known sender')
      await page.getByRole('button', { name: 'Always for this sender' }).waitFor()
    },
  },
  {
    name: 'details',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'Rechnung')
      await page.getByText('to you at strom@lindqvist.example').last().click()
      await page.getByText('caught by your catch-all').waitFor()
    },
  },
  {
    name: 'letter-menu',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'harbor/relay')
      await openLetterMenu(page)
    },
  },
  {
    name: 'conversation-menu',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'harbor/relay')
      await openConversationMenu(page)
    },
  },
  {
    name: 'find',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'harbor/relay')
      await openConversationMenu(page)
      await page.getByRole('menuitem', { name: 'Find in conversation' }).click()
      const bar = page.getByRole('group', { name: 'Find in conversation' })
      await bar.getByRole('textbox').fill('retry')
      await bar.getByText(/ of /).waitFor()
    },
  },
  {
    name: 'source',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'harbor/relay')
      await openLetterMenu(page)
      await page.getByRole('menuitem', { name: 'View source' }).click()
      await page.locator('[data-source] pre').first().waitFor()
    },
  },
  {
    name: 'preview',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'صور')
      await page
        .getByRole('button', { name: /^Show .*JPG/i })
        .first()
        .click()
      await page.locator('[data-preview] iframe').waitFor()
    },
  },
  {
    name: 'preview-text',
    show: async (page, stage) => {
      await openFile(page, stage, 'minutes.txt')
      await page.locator('[data-preview] iframe').waitFor()
    },
  },
  {
    name: 'preview-pdf',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'Rechnung')
      await page
        .getByRole('button', { name: /^Show Rechnung/ })
        .first()
        .click()
      await page.locator('[data-pdf=drawn]').waitFor()
    },
  },
  {
    name: 'archive-asks',
    show: async (page, stage) => {
      await enterWith(page, stage, outlookFiles(), 'Sent from Outlook')
      await openThread(page, 'Sent from Outlook')
      await page.getByRole('button', { name: 'Show winmail.dat' }).click()
      await page
        .getByRole('dialog', { name: 'winmail.dat' })
        .getByRole('button', { name: /^Download Invoice/ })
        .click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'message-in-message',
    show: async (page, stage) => {
      await openFile(page, stage, 'old letter.eml')
      await page.locator('[data-message-level] iframe').waitFor()
    },
  },
  {
    name: 'invitation',
    show: async (page, stage) => {
      await enterWith(page, stage, invitation(), 'Harbour walk')
      await openThread(page, 'Harbour walk')
      await page.locator('[data-invitation]').waitFor()
    },
  },
  {
    name: 'link-asks',
    show: async (page, stage) => {
      await enterWith(page, stage, deceptiveLink(), 'A link that says')
      await openThread(page, 'A link that says')
      await page.frameLocator('main article iframe').getByRole('link').click()
      await page.getByRole('dialog', { name: 'Open this link?' }).waitFor()
    },
  },
  {
    name: 'link-mailto',
    show: async (page, stage) => {
      await enterWith(page, stage, writesTo(), 'Who to ask')
      await openThread(page, 'Who to ask')
      await page.frameLocator('main article iframe').getByRole('link').first().click()
      await page.getByRole('dialog', { name: 'Write to' }).waitFor()
    },
  },
  {
    name: 'trust',
    show: async (page, { url }) => {
      await enter(page, url)
      await openThread(page, 'The Slow Letter')
      await page.getByText('Really from slowletter.example', { exact: true }).waitFor()
      await page.locator('main [data-details]').click()
      await page.getByText('all agree').waitFor()
    },
  },
  {
    name: 'trust-forged',
    show: async (page, stage) => {
      await enterWith(page, stage, forged(), 'Your account is closed')
      await openThread(page, 'Your account is closed')
      await page.getByRole('article', { name: /^Warning: Your bank/ }).waitFor()
      await page.locator('main [data-details]').click()
      await page.getByRole('list', { name: 'Who it is from' }).waitFor()
    },
  },
  {
    name: 'gone',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.goto(`${page.url().replace(/\/$/, '')}/no-such-thread`)
      await page.getByRole('heading', { name: 'This conversation is no longer here' }).waitFor()
    },
  },
]
