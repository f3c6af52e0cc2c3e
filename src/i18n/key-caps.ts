/** How a key is written: symbols on Apple's keyboards, words elsewhere (design §5). */
import { keyNames } from './en/key-names.ts'

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
  Alt: '⌥',
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
  const spoken = keyNames[key] ?? key.toUpperCase()
  return { text: (apple ? symbols[key] : undefined) ?? spoken, spoken }
}

/** A capital letter is a letter with Shift. */
function step(key: string, apple: boolean): readonly KeyCap[] {
  const isShifted = key.length === 1 && key !== key.toLowerCase()
  const together = isShifted ? ['Shift', key] : key.split(/\+(?!$)/)
  return together.map((one) => cap(one === 'Mod' ? (apple ? 'Command' : 'Control') : one, apple))
}

export function keyPath(binding: string, apple: boolean): KeyPath {
  return binding.split(' ').map((key) => step(key, apple))
}

/** A key beside the command that it does. */
export interface KeyHint {
  readonly text: string
  /** For `aria-keyshortcuts`, which knows no keys one after the other. */
  readonly aria: string | undefined
}

export function keyHint(binding: string, apple: boolean): KeyHint {
  const path = keyPath(binding, apple)
  const text = path.map((caps) => caps.map((cap) => cap.text).join(apple ? '' : ' ')).join(' ')
  return { text, aria: path.length > 1 ? undefined : ariaKey(binding, apple) }
}

function ariaKey(binding: string, apple: boolean): string {
  if (binding === '+') return 'Plus'
  const isShifted = binding.length === 1 && binding !== binding.toLowerCase()
  const key = binding.replace('Mod+', apple ? 'Meta+' : 'Control+').replace(/\+\+$/, '+Plus')
  return (isShifted ? 'Shift+' : '') + key.replace(/(?:^|\+)[a-z]$/, (letter) => letter.toUpperCase())
}
