/** One open tab: what its reader sees, and what befalls it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright'
import type { Word } from './ledger.ts'

export interface ShownRow {
  readonly position: number
  readonly emailId: string
  readonly threadId: string
  readonly isUnread: boolean
  readonly isFlagged: boolean
  readonly size: number
}

/** What was asked of the page and what of it is known to be durable. */
export interface Pressed {
  readonly emailIds: readonly string[]
  /** Whether a row of the outbox is what it was meant to write: the page also writes of its own accord. */
  readonly isMeant: (words: readonly Word[]) => boolean
  readonly words: Word[]
  isAcknowledged: boolean
}

/** What acts on rows, and what shows it. */
const PARTS = ['act-parts', 'pending-overlay', 'tree-overlay', 'all-done', 'row-hands']
const ROWS_WITHIN_MS = 15_000

export class Tab {
  readonly page: Page
  readonly name: string
  isFrozen = false
  isCrashed = false
  /** Steps that can be taken back. */
  steps = 0
  last: Pressed | undefined
  #devtools: CDPSession | undefined

  constructor(page: Page, name: string) {
    this.page = page
    this.name = name
    page.on('crash', () => {
      this.isCrashed = true
    })
  }

  get isUsable(): boolean {
    return !this.isFrozen && !this.isCrashed && !this.page.isClosed()
  }

  /** Rows are there, and what acts on them. */
  async settle(): Promise<void> {
    this.steps = 0
    this.last = undefined
    await this.page
      .locator('[data-view=messages] [role=listitem]:not([aria-busy=true])')
      .first()
      .waitFor({ timeout: ROWS_WITHIN_MS })
    // What looks for the reader's first sign comes with the rows, or soon after them.
    for (let left = 60; left > 0 && !(await this.#isAsked(PARTS[0] ?? '')); left -= 1) {
      await this.page.keyboard.press('Shift')
      await sleep(250)
    }
    for (const part of PARTS) await this.#arrival(part)
  }

  #isAsked(part: string): Promise<boolean> {
    return this.page.evaluate(
      (start) => performance.getEntriesByType('resource').some(({ name }) => name.includes(start)),
      `/${part}-`,
    )
  }

  /** Importing it again waits for all that it stands on. */
  async #arrival(part: string): Promise<void> {
    const look = (start: string): string | undefined =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .find((name) => name.includes(start))
    const url = await this.page.waitForFunction(look, `/${part}-`, { timeout: ROWS_WITHIN_MS, polling: 50 })
    await this.page.evaluate(`import(${JSON.stringify(await url.jsonValue())}).then(() => undefined)`)
  }

  rows(): Promise<ShownRow[]> {
    return this.page.locator('[data-view=messages] [role=listitem]:not([aria-busy=true])').evaluateAll((all) =>
      all
        .map((row) => ({
          position: Number(row.getAttribute('aria-posinset')) - 1,
          size: Number(row.getAttribute('aria-setsize')),
          emailId: row.getAttribute('data-email-id') ?? '',
          threadId: row.getAttribute('data-thread-id') ?? '',
          isUnread: row.hasAttribute('data-unread'),
          isFlagged: row.hasAttribute('data-flagged'),
        }))
        .toSorted((a, b) => a.position - b.position),
    )
  }

  /** The focus is on that row and stays there: what was done before may still give it to another, or take the row away. */
  async focusRow(threadId: string): Promise<boolean> {
    const row = this.page.locator(`[data-view=messages] [role=listitem][data-thread-id="${threadId}"]`).first()
    for (let left = 10; left > 0; left -= 1) {
      if ((await row.count()) === 0) return false
      await row
        .getByRole('link')
        .focus({ timeout: 500 })
        .catch(() => undefined)
      await sleep(40)
      if (await this.#isFocused(threadId)) return true
    }
    return false
  }

  async untilFocused(threadId: string): Promise<void> {
    for (let left = 40; left > 0 && !(await this.#isFocused(threadId)); left -= 1) await sleep(25)
  }

  #isFocused(threadId: string): Promise<boolean> {
    return this.page.evaluate(
      (id) => document.activeElement?.closest<HTMLElement>('[role=listitem]')?.dataset['threadId'] === id,
      threadId,
    )
  }

  async mailboxId(): Promise<string | null> {
    return this.page.locator('[role=treeitem][aria-current=page]').first().getAttribute('data-mailbox-id')
  }

  async state(): Promise<{ sync: string; outbox: string }> {
    return this.page.evaluate(() => {
      const { sync = '', outbox = '' } = document.documentElement.dataset
      return { sync, outbox }
    })
  }

  async freeze(): Promise<void> {
    await this.#lifecycle('frozen')
    this.isFrozen = true
  }

  async thaw(): Promise<void> {
    await this.#lifecycle('active')
    this.isFrozen = false
  }

  async #lifecycle(state: 'frozen' | 'active'): Promise<void> {
    this.#devtools ??= await this.page.context().newCDPSession(this.page)
    await this.#devtools.send('Page.setWebLifecycleState', { state })
  }

  /** Its renderer dies, with its workers, and with other tabs that it may serve. */
  async crash(): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page)
    devtools.send('Page.crash').catch(() => undefined)
    for (let left = 100; left > 0 && !this.isCrashed; left -= 1) await sleep(20)
  }
}
