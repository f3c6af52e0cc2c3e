/** Movement in a tree by the keys of the ARIA pattern, type-ahead among them: fetched with the first of them. */
import { mailboxName } from '../../i18n/mailbox-name.ts'
import type { TreeItem } from './tree-items.ts'

/** Letters typed within this time are one word. */
const TYPE_MS = 700

interface TreeMove {
  readonly focus?: number
  readonly toggle?: number
}

function treeMove(key: string, items: readonly TreeItem[], at: number): TreeMove | undefined {
  const item = items[at]
  if (!item) return undefined
  const isOpenable = item.isExpanded !== undefined
  switch (key) {
    case 'ArrowDown':
      return { focus: Math.min(at + 1, items.length - 1) }
    case 'ArrowUp':
      return { focus: Math.max(at - 1, 0) }
    case 'Home':
      return { focus: 0 }
    case 'End':
      return { focus: items.length - 1 }
    case 'ArrowRight':
      if (!isOpenable) return undefined
      return item.isExpanded ? { focus: at + 1 } : { toggle: at }
    case 'ArrowLeft':
      if (item.isExpanded) return { toggle: at }
      return item.level > 1
        ? { focus: items.findLastIndex((other, index) => index < at && other.level < item.level) }
        : undefined
    default:
      return undefined
  }
}

class TypeAhead {
  #typed = ''
  #until = 0

  /** The next item whose name begins with what was typed; -1 if none does. */
  find(letter: string, names: readonly string[], at: number, now: number): number {
    this.#typed = now < this.#until ? this.#typed + letter : letter
    this.#until = now + TYPE_MS
    const word = this.#typed.toLocaleLowerCase()
    // A first letter looks behind the current item, more letters may also keep it.
    const start = this.#typed.length === 1 ? at + 1 : at
    for (let step = 0; step < names.length; step += 1) {
      const index = (start + step) % names.length
      if (names[index]?.toLocaleLowerCase().startsWith(word)) return index
    }
    return -1
  }
}

/** What a key does: what is folded or unfolded, and where the focus goes. */
export type TreeKeys = (key: string, items: readonly TreeItem[], at: number, time: number) => TreeMove

/** Remembers what was typed. */
export function treeKeys(): TreeKeys {
  const typed = new TypeAhead()
  return (key, items, at, time) => {
    if (key.length > 1) return treeMove(key, items, at) ?? {}
    const names = items.map((item) => mailboxName(item.mailbox))
    const focus = typed.find(key, names, at, time)
    return focus < 0 ? {} : { focus }
  }
}
