/**
 * Single keys and sequences ("g i"), matched by `event.key`. They rest while text is typed, during composition, with
 * Alt, in dialogs, trees and menus, where type-ahead wins (design §5a). Ctrl or ⌘ makes another key of one ("Mod+z",
 * "Mod+Shift+z"), which rests in dialogs and while text is typed only. So does Shift of keys with names
 * ("Shift+ArrowDown"); that of letters is in the letter.
 */
import type { Bindings, KeyPress, Shortcuts } from '../state/contexts.ts'
import type { Clock } from '../platform/clock.ts'

/** How long the second key of a sequence may take. */
const SEQUENCE_MS = 1200

/** As it was stored, perhaps by another version. */
type Chosen = () => unknown

export class KeyBindings implements Shortcuts {
  readonly #clock: Clock
  readonly #areLettersOn: () => boolean
  readonly #chosen: Chosen
  readonly #layers: Bindings[] = []
  #prefix: { readonly key: string; readonly until: number } | null = null

  /**
   * `areLettersOn`: false lets keys of one character alone (WCAG 2.1.4). `chosen`: what a key that is pressed means,
   * where its reader chose it for another that is bound here; '' for nothing at all.
   */
  constructor(clock: Clock, areLettersOn: () => boolean, chosen: Chosen) {
    this.#clock = clock
    this.#areLettersOn = areLettersOn
    this.#chosen = chosen
  }

  add(bindings: Bindings): () => void {
    this.#layers.push(bindings)
    return () => {
      const at = this.#layers.indexOf(bindings)
      if (at >= 0) this.#layers.splice(at, 1)
    }
  }

  dispatch(press: KeyPress): boolean {
    if (press.alt) return false
    if (press.ctrl || press.meta) {
      this.#prefix = null
      return this.#run(chordOf(press), press)
    }
    if (press.key.length === 1 && !this.#areLettersOn()) return false
    const prefix = this.#prefix
    this.#prefix = null
    if (prefix && this.#clock.monotonic() < prefix.until && this.#run(`${prefix.key} ${press.key}`, press)) return true
    if (press.shift && press.key.length > 1 && this.#run(`Shift+${press.key}`, press)) return true
    if (this.#run(press.key, press)) return true
    if (!this.#startsSequence(press.key)) return false
    this.#prefix = { key: press.key, until: this.#clock.monotonic() + SEQUENCE_MS }
    return true
  }

  #run(pressed: string, press: KeyPress): boolean {
    const chosen = (this.#chosen() as Readonly<Record<string, string>> | undefined)?.[pressed]
    const key = typeof chosen === 'string' ? chosen : pressed
    for (const bindings of this.#layers.toReversed()) {
      const handler = Object.hasOwn(bindings, key) ? bindings[key] : undefined
      if (handler && handler(press) !== false) return true
    }
    return false
  }

  #startsSequence(key: string): boolean {
    return [...this.#layers, this.#chosen() ?? {}].some((keys) =>
      Object.keys(keys).some((name) => name.startsWith(`${key} `)),
    )
  }
}

/** Whether Shift makes a capital of a letter beside ⌘ is up to the browser. */
function chordOf({ key, shift }: KeyPress): string {
  return `Mod+${shift ? 'Shift+' : ''}${key.length === 1 ? key.toLowerCase() : key}`
}

/** Listens on the app's document. Keys inside letters come by `dispatch`, from their frames. */
export function listenForKeys(target: Document, shortcuts: Shortcuts): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const { key, ctrlKey: ctrl, metaKey: meta, altKey: alt, shiftKey: shift } = event
    const press = { key, ctrl, meta, alt, shift }
    if (!restsIn(event.target, press) && shortcuts.dispatch(press)) event.preventDefault()
  }
  target.addEventListener('keydown', onKey)
  return () => {
    target.removeEventListener('keydown', onKey)
  }
}

/** Whether the key belongs to the element that has the focus rather than to us. */
function restsIn(target: EventTarget | null, { key, ctrl, meta }: KeyPress): boolean {
  if (!(target instanceof Element)) return false
  // A dialog has its own keys: its Esc must not lead out of what lies below it, too.
  if (target.closest('dialog, [role=dialog], [role=alertdialog]')) return true
  // Esc and F6 lead out of anything that does not use them itself.
  if (key.length > 1 && key !== 'Enter') return false
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true]')) return true
  if (ctrl || meta) return false
  if (target.closest('[role=tree], [role=menu]')) return true
  return key === 'Enter' && target.closest('a, button, summary') !== null
}
