/** Every screen there is, and how a person gets to it. Also what axe looks at. */
import { listScreens } from './list-screens.ts'
import { mailboxScreens } from './mailbox-screens.ts'
import { readingScreens } from './reading-screens.ts'
import { searchScreens } from './search-screens.ts'
import { enter, reloadAsSafari, showPicturesAlways } from './stage.ts'
import type { Screen } from './stage.ts'

const settingsPage = (name: string, page: string): Screen => ({
  name,
  show: async (screen, { url }) => {
    await enter(screen, url)
    await screen.goto(`${url}settings/${page}`)
    await screen.getByRole('heading', { level: 1 }).waitFor()
  },
})

export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    isSignedOut: true,
    show: async (page, { url }) => {
      await page.goto(url)
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    },
  },
  {
    name: 'sign-in-refused',
    isSignedOut: true,
    show: async (page, { url }) => {
      await page.goto(url)
      await page.fill('input[autocomplete=username]', 'mara@lindqvist.example')
      await page.fill('input[autocomplete=current-password]', 'not this one')
      await page.click('button[type=submit]')
      await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor()
    },
  },
  {
    name: 'sign-in-server',
    isSignedOut: true,
    show: async (page, { url }) => {
      await page.goto(url)
      await page.getByRole('button', { name: 'Server' }).click()
      await page.locator('input[name=server]').waitFor()
    },
  },
  {
    name: 'home-screen',
    isSignedOut: true,
    show: async (page, { url }) => {
      await page.goto(url)
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
      await reloadAsSafari(page)
      await page.getByRole('button', { name: /Home Screen/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  ...listScreens,
  ...mailboxScreens,
  ...readingScreens,
  ...searchScreens,
  settingsPage('settings', ''),
  {
    name: 'settings-reading',
    show: async (page, { url, isStack }) => {
      await enter(page, url)
      await page.goto(`${url}settings/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (isStack) await page.getByRole('link', { name: 'Reading' }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Reading' }).waitFor()
    },
  },
  {
    name: 'settings-picture-senders',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await showPicturesAlways(page, ['news@shop.example', 'a-newsletter-with-a-very-long-name@letters.shop.example'])
      await page.goto(`${stage.url}settings/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (stage.isStack) await page.getByRole('link', { name: 'Reading' }).first().click()
      await page.getByRole('button', { name: 'Remove news@shop.example' }).waitFor()
    },
  },
  {
    name: 'settings-mailboxes',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.goto(`${url}settings/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Mailboxes' }).first().click()
      await page.getByRole('switch').first().waitFor()
    },
  },
  {
    name: 'settings-labels',
    show: async (page, { url, isStack }) => {
      await enter(page, url)
      await page.goto(`${url}settings/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Labels' }).first().click()
      await page.locator('summary').first().click()
      await page.getByRole('switch', { name: 'Show it on mail' }).first().waitFor()
      if (isStack) await page.getByRole('heading', { level: 1, name: 'Labels' }).waitFor()
    },
  },
  {
    name: 'settings-storage',
    show: async (page, { url, isStack }) => {
      await enter(page, url)
      await page.goto(`${url}settings/`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Offline and storage' }).first().click()
      await page.getByText('All of it is here').waitFor()
      if (isStack) await page.getByRole('heading', { level: 1, name: 'Offline and storage' }).waitFor()
    },
  },
  settingsPage('settings-appearance', 'appearance'),
  settingsPage('settings-keys', 'keys'),
  {
    name: 'settings-key-taken',
    show: async (page, stage) => {
      await enter(page, stage.url)
      await page.goto(`${stage.url}settings/keys`)
      await page.getByRole('button', { name: 'Change the key for Archive the conversation' }).click()
      await page.keyboard.press('s')
      await page.getByRole('button', { name: 'Take it' }).waitFor()
    },
  },
  {
    name: 'sync-details',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.goto(`${url}settings/sync`)
      await page.getByRole('heading', { name: 'Last requests' }).waitFor()
    },
  },
  settingsPage('about', 'about'),
  {
    name: 'not-found',
    show: async (page, { url }) => {
      await enter(page, url)
      await page.goto(`${url}nothing/here`)
      await page.getByRole('heading', { name: 'Nothing is at this address' }).waitFor()
    },
  },
]
