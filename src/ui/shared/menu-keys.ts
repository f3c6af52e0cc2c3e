/** The keys of a menu (ARIA APG): arrows go round, Home and End, letters find a name, Esc and Tab close. */
import type { KeyHint } from '../../i18n/key-caps.ts'

export interface MenuItem {
  readonly name: string
  /** One of `virtual:icon/…`. */
  readonly icon: string
  /** The key that does the same, where there is one. */
  readonly key?: KeyHint | undefined
  readonly act: () => void
}

export interface MenuKeysDeps {
  /** `isRefused`: the reader wants nothing of it, and the focus goes back to its opener. */
  readonly close: (isRefused: boolean) => void
}

export class MenuKeys {
  readonly #deps: MenuKeysDeps

  constructor(deps: MenuKeysDeps) {
    this.#deps = deps
  }

  readonly press = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')]
    const at = items.findIndex((item) => item === event.currentTarget.ownerDocument.activeElement)
    const target = this.#target(event.key, items, at)
    if (event.key === 'Escape' || event.key === 'Tab') this.#deps.close(true)
    else if (target === undefined) return
    items[target ?? -1]?.focus()
    // no key that a menu knows means anything behind it
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }

  /** Where a key leads; undefined for keys that lead nowhere. */
  #target(key: string, items: readonly HTMLElement[], at: number): number | undefined {
    const { length } = items
    switch (key) {
      case 'ArrowDown':
        return (at + 1) % length
      case 'ArrowUp':
        return (at - 1 + length) % length
      case 'Home':
        return 0
      case 'End':
        return length - 1
      default:
        return key.length === 1 && key !== ' ' ? beginsWith(key, items, at) : undefined
    }
  }
}

/** The next item whose name begins with the letter. */
function beginsWith(letter: string, items: readonly HTMLElement[], at: number): number | undefined {
  for (let step = 1; step <= items.length; step += 1) {
    const index = (at + step) % items.length
    const name = items[index]?.textContent.trim() ?? ''
    if (name.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase())) return index
  }
  return at
}
