/**
 * A person who has only a keyboard: presses keys, and looks at what has the focus. Nothing here clicks, and nothing
 * moves the focus by script. After each press what has the focus must be seen to have it, and lie open (WCAG 2.4.7,
 * 2.4.11).
 */
import type { KeyInput, Page } from 'puppeteer-core'

export interface Focus {
  readonly tag: string
  readonly role: string
  /** `aria-label`, else the text that is read. */
  readonly name: string
  /** Of a letter's own button: whether it is open. */
  readonly letter: 'open' | 'folded' | null
  /** Position of the row that it is in; 0 outside the list. */
  readonly row: number
}

const patience = 20_000

export class Keyboard {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Keys one after the other: "Shift+I", "Tab", "j". */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const parts = key === '+' ? [key] : key.split('+')
      const held = parts.slice(0, -1) as KeyInput[]
      for (const modifier of held) await this.page.keyboard.down(modifier)
      await this.page.keyboard.press((parts.at(-1) ?? key) as KeyInput)
      for (const modifier of held.toReversed()) await this.page.keyboard.up(modifier)
    }
    await this.#expectSeen(keys.join(' '))
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Tab, until what has the focus is meant. */
  async tabTo(what: string, isMeant: (focus: Focus) => boolean, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const seen: string[] = []
    for (let presses = 0; presses < 80; presses += 1) {
      await this.press(key)
      const focus = await this.focused()
      if (isMeant(focus)) return
      seen.push(`${focus.tag} ${focus.name.slice(0, 30)}`)
    }
    throw new Error(`80 times ${key} do not lead to ${what}, but to ${seen.slice(0, 12).join(', ')} …`)
  }

  /** Down the list by J to the row that says so. */
  async toRow(text: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await this.press('j')
      if ((await this.focused()).name.includes(text)) return
    }
    throw new Error(`no row says ${text}`)
  }

  focused(): Promise<Focus> {
    return this.page.evaluate(() => {
      const element = document.activeElement ?? document.body
      const read = element.cloneNode(true) as Element
      for (const hidden of read.querySelectorAll('[aria-hidden=true]')) hidden.remove()
      const isOpen = element.hasAttribute('data-fold') ? element.getAttribute('aria-expanded') : null
      return {
        tag: element.tagName.toLowerCase(),
        role: element.getAttribute('role') ?? '',
        name: (element.getAttribute('aria-label') ?? read.textContent).replace(/\s+/g, ' ').trim(),
        letter: isOpen === null ? null : isOpen === 'true' ? ('open' as const) : ('folded' as const),
        row: Number(element.closest('[data-view=messages] [role=listitem]')?.getAttribute('aria-posinset') ?? 0),
      }
    })
  }

  /** Waits until the page says yes. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    await this.#wait(what, () => this.page.evaluate(isSo))
  }

  async untilFocus(what: string, isMeant: (focus: Focus) => boolean): Promise<void> {
    await this.#wait(`the focus on ${what}`, async () => isMeant(await this.focused()))
  }

  /** Something on the page matches. */
  async untilThere(selector: string): Promise<void> {
    await this.#wait(selector, async () => (await this.page.$(selector)) !== null)
  }

  async untilGone(selector: string): Promise<void> {
    await this.#wait(`no ${selector}`, async () => (await this.page.$(selector)) === null)
  }

  /** A live region says it. */
  async untilSaid(words: string): Promise<void> {
    await this.#wait(`"${words}" to be said`, () =>
      this.page.evaluate(
        (text) =>
          [...document.querySelectorAll('[role=status], [role=alert]')].some((region) =>
            region.textContent.includes(text),
          ),
        words,
      ),
    )
  }

  /** The conversation is open, its letters are painted, and its heading has the focus. */
  async untilReading(): Promise<void> {
    await this.untilFocus('the heading', ({ tag }) => tag === 'h1')
    await this.until('painted letters', () => {
      const letters = [...document.querySelectorAll('main article')]
      return letters.length > 0 && letters.every((letter) => letter.getAttribute('aria-busy') !== 'true')
    })
  }

  async #wait(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + patience
    while (!(await isSo())) {
      if (Date.now() > deadline)
        throw new Error(`waited for ${what}; the focus is on ${JSON.stringify(await this.focused())}`)
      await pause(25)
    }
  }

  /** Within half a second: a row that is brought on screen takes a frame. */
  async #expectSeen(keys: string): Promise<void> {
    let fault = await this.page.evaluate(focusFault)
    for (let tries = 0; fault !== null && tries < 20; tries += 1) {
      await pause(25)
      fault = await this.page.evaluate(focusFault)
    }
    if (fault !== null) throw new Error(`after ${keys}: ${fault}`)
  }
}

/** In the page: why a person cannot see where the focus is; null if all is well. */
function focusFault(): string | null {
  const element = document.activeElement
  // A letter's frame marks what has the focus inside it; a heading or a pane is the target of a jump, no control.
  if (!element || element === document.body || element.tagName === 'IFRAME') return null
  const name = `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60)}"`
  const box = element.getBoundingClientRect()
  const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  if (!isInView) return `${name} has the focus outside the window`
  const isControl = element instanceof HTMLElement && element.tabIndex >= 0
  if (!isControl) return null
  const left = Math.max(1, box.left + 2)
  const right = Math.min(innerWidth - 1, box.right - 2)
  const top = Math.max(1, box.top + 2)
  const bottom = Math.min(innerHeight - 1, box.bottom - 2)
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left, top],
    [right, bottom],
    [left, bottom],
    [right, top],
  ] as const
  const isOpen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y)
    return hit !== null && (element.contains(hit) || hit.contains(element))
  })
  if (!isOpen) return `${name} has the focus under something else`
  const marks = [getComputedStyle(element), getComputedStyle(element, '::after')]
  const isMarked = marks.some(({ outlineStyle, outlineWidth, boxShadow, content }, index) => {
    const isDrawn = index === 0 || content !== 'none'
    return (
      isDrawn && ((outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || (index === 0 && boxShadow !== 'none'))
    )
  })
  return isMarked ? null : `${name} has the focus and does not show it`
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
