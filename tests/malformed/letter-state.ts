/** Runs in the page: opens letters by clicks, and looks at what came of them. */
import type { Page } from 'puppeteer-core'

export interface LetterState {
  readonly emailId: string
  /** What a reader has in front of them where the letter's words belong: nothing would be a white screen. */
  readonly shows: 'text' | 'frame' | 'picture' | 'files' | 'sentence' | 'nothing'
  readonly faults: readonly string[]
}

/** Until every letter of the row that is clicked has been painted, in ms; undefined when `patience` was not enough. */
export function openRow(page: Page, position: number, patience: number): Promise<number | undefined> {
  return page.evaluate(
    async (wanted, limit) => {
      const row = document.querySelector<HTMLElement>(
        `.place:not(.parked) [data-view=messages] [role=listitem][aria-posinset="${wanted}"]`,
      )
      const id = row?.dataset['emailId']
      const began = performance.now()
      row?.querySelector<HTMLElement>('a[href]')?.click()
      const isThere = (): boolean => {
        const letters = [...document.querySelectorAll<HTMLElement>('main article[data-email-id]')]
        return (
          letters.some((letter) => letter.dataset['emailId'] === id) &&
          letters.every(
            (letter) =>
              !letter.matches('[aria-busy=true]') || letter.querySelector('[data-fold][aria-expanded=false]') !== null,
          )
        )
      }
      for (;;) {
        await new Promise(requestAnimationFrame)
        const took = performance.now() - began
        if (isThere()) return took
        if (took > limit) return undefined
      }
    },
    position,
    patience,
  )
}

/** Opens what a long conversation folds away, one letter after another; how long each took. */
export function unfoldAll(page: Page, patience: number): Promise<(number | undefined)[]> {
  return page.evaluate(async (limit) => {
    for (;;) {
      const line = document.querySelector<HTMLElement>('main [data-folded]')
      if (!line) break
      line.click()
      await new Promise(requestAnimationFrame)
    }
    const took: (number | undefined)[] = []
    for (const fold of document.querySelectorAll<HTMLElement>('main article [data-fold][aria-expanded=false]')) {
      const letter = fold.closest('article')
      const began = performance.now()
      fold.click()
      for (;;) {
        await new Promise(requestAnimationFrame)
        const ms = performance.now() - began
        const isOpen = letter?.querySelector('[data-fold][aria-expanded=true]') && !letter.matches('[aria-busy=true]')
        if (isOpen || ms > limit) {
          took.push(isOpen ? ms : undefined)
          break
        }
      }
    }
    return took
  }, patience)
}

/** Looks at every open letter of the conversation, and at the heads, whose words must stay in their boxes. */
export function lookAtLetters(page: Page): Promise<LetterState[]> {
  return page.evaluate(() => {
    const heading = document.querySelector<HTMLElement>('main h1')
    const pane = document.querySelector<HTMLElement>('main [data-scroller]')
    const common: string[] = []
    if (!heading || heading.innerText.trim() === '') common.push('the conversation has no heading')
    if (pane && pane.scrollWidth > pane.clientWidth) common.push('the pane scrolls sideways')

    const isSeen = (element: Element | null): boolean => (element?.getBoundingClientRect().height ?? 0) > 0
    const wordsOf = (letter: Element, selector: string): boolean =>
      [...letter.querySelectorAll<HTMLElement>(selector)].some((each) => each.innerText.trim() !== '')

    return [...document.querySelectorAll<HTMLElement>('main article[data-email-id]')].map((letter) => {
      const faults = [...common]
      if (letter.matches('[aria-busy=true]')) faults.push('it stays busy')
      for (const part of letter.querySelectorAll<HTMLElement>('[data-fold], time')) {
        if (part.innerText.trim() === '') faults.push(`its head lacks ${part.tagName === 'TIME' ? 'a date' : 'a name'}`)
      }
      for (const part of letter.querySelectorAll<HTMLElement>('h2, .to, .when, .attachments li')) {
        if (part.getBoundingClientRect().right > letter.getBoundingClientRect().right + 1)
          faults.push(`${part.className || part.tagName} is pushed out of the letter`)
      }
      const shows = wordsOf(letter, '.text, .paper:not(.waiting)')
        ? 'text'
        : isSeen(letter.querySelector('.paper:not(.waiting) iframe'))
          ? 'frame'
          : isSeen(letter.querySelector('figure'))
            ? 'picture'
            : isSeen(letter.querySelector('.attachments'))
              ? 'files'
              : wordsOf(letter, '.notice')
                ? 'sentence'
                : 'nothing'
      if (shows === 'nothing') faults.push('nothing is shown')
      return { emailId: letter.dataset['emailId'] ?? '', shows, faults } as const
    })
  })
}

/** Opens the addresses of every open letter: they are read from headers that may say anything. */
export function openDetails(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const button of document.querySelectorAll<HTMLElement>('main article button.to[aria-expanded=false]'))
      button.click()
    await new Promise(requestAnimationFrame)
  })
}

/** Rows that have no name, no time, or are taller or wider than a row may be. */
export function lookAtRow(page: Page, position: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    const row = document.querySelector<HTMLElement>(
      `.place:not(.parked) [data-view=messages] [role=listitem][aria-posinset="${wanted}"]`,
    )
    if (!row) return ['the list has no row for it']
    const faults: string[] = []
    const box = row.getBoundingClientRect()
    const link = row.querySelector<HTMLElement>('a[href]')
    if ((link?.innerText.trim() ?? '') === '') faults.push('its row has no words')
    for (const part of row.querySelectorAll<HTMLElement>('a[href] *, time')) {
      if (getComputedStyle(part).position === 'absolute') continue
      const own = part.getBoundingClientRect()
      if (own.width > 1 && (own.right > box.right + 1 || own.bottom > box.bottom + 1 || own.left < box.left - 1))
        faults.push(`its row: ${part.className || part.tagName} leaves the box`)
    }
    return faults
  }, position)
}
