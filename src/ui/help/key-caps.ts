/** How a key is written: symbols on Apple's keyboards, words elsewhere (design §5). */
import { help as t } from '../../i18n/en/help.ts'
import type { Command } from './commands.ts'

/** What stands on one cap, and how it is read aloud. */
interface KeyCap {
  readonly text: string
  readonly spoken: string
}

/** Caps pressed one after the other ("G then I"); those of one step together. */
export type KeyPath = readonly (readonly KeyCap[])[]

const symbols: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'esc',
  Shift: '⇧',
  Control: '⌃',
  Command: '⌘',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Home: '↖',
  End: '↘',
  PageDown: '⇟',
  PageUp: '⇞',
}

/** `navigator.platform`: iPads and iPhones carry the same symbols as Macs. */
export function isApple(platform: string): boolean {
  return /^(?:Mac|iPhone|iPad|iPod)/.test(platform)
}

function cap(key: string, apple: boolean): KeyCap {
  const spoken = t.keys[key] ?? key.toUpperCase()
  return { text: (apple ? symbols[key] : undefined) ?? spoken, spoken }
}

/** A capital letter is a letter with Shift. */
function step(key: string, apple: boolean): readonly KeyCap[] {
  const isShifted = key.length === 1 && key !== key.toLowerCase()
  const together = isShifted ? ['Shift', key] : key.split('+')
  return together.map((one) => cap(one === 'Mod' ? (apple ? 'Command' : 'Control') : one, apple))
}

export function keyPath(binding: string, apple: boolean): KeyPath {
  return binding.split(' ').map((key) => step(key, apple))
}

/** All that do the same; of a row of keys the first, and the end of the last. */
export function keyPaths({ keys, native = [], isRange }: Command, apple: boolean): readonly KeyPath[] {
  const all = [...keys, ...native]
  const [first, last] = [all[0], all.at(-1)]
  if (isRange && first && last) return [keyPath(first, apple), keyPath(last, apple).slice(-1)]
  return all.map((key) => keyPath(key, apple))
}
