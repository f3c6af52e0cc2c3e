/** The search: what it finds, what was searched for lately, nothing, and what is found offline. */
import type { Page } from 'playwright'
import { enter } from './stage.ts'
import type { Screen } from './stage.ts'

async function search(page: Page, text: string): Promise<void> {
  const field = page.locator('[role=search] input')
  await field.click()
  await field.fill(text)
  await page.getByRole('heading', { name: 'Search results' }).waitFor({ state: 'attached' })
}

const answered = (page: Page): Promise<void> =>
  page.locator('[data-view=messages][aria-busy=false]').waitFor({ state: 'attached' })

export const searchScreens: readonly Screen[] = [
  {
    name: 'search',
    show: async (page, { url }) => {
      await enter(page, url)
      await search(page, 'lena')
      await answered(page)
      await page.locator('[data-view=messages] mark').first().waitFor()
    },
  },
  {
    name: 'search-open',
    show: async (page, { url }) => {
      await enter(page, url)
      await search(page, 'rechnung')
      await answered(page)
      await page.locator('[data-view=messages] a').first().click()
      await page.locator('main article:not([aria-busy=true])').first().waitFor()
    },
  },
  {
    name: 'search-recent',
    show: async (page, { url }) => {
      await enter(page, url)
      for (const text of ['rail', 'rechnung', 'grandma’s 80th']) {
        await search(page, text)
        await page.keyboard.press('Enter')
      }
      await search(page, '')
      await page.getByRole('heading', { name: 'Recent searches' }).waitFor()
    },
  },
  {
    name: 'search-none',
    show: async (page, { url }) => {
      await enter(page, url)
      await search(page, 'xylograph')
      await answered(page)
      await page.getByText('Nothing found').first().waitFor()
    },
  },
  {
    name: 'search-offline',
    show: async (page, { url }) => {
      await enter(page, url)
      // With the first search its code comes, which the service worker may not keep yet.
      await search(page, 'lena')
      await answered(page)
      await page.context().setOffline(true)
      await page.waitForFunction(() => document.documentElement.dataset['sync'] === 'offline', undefined, {
        timeout: 30_000,
      })
      await search(page, 'rechn')
      await answered(page)
      await page.locator('.notice').filter({ hasText: 'You are offline' }).waitFor()
    },
  },
]
