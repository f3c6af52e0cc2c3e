/** The keys of an opened conversation (design, ShortcutHelp: Move). What the list owns is left to it by `false`. */
import type { Bindings } from '../../state/contexts.ts'
import type { ThreadView } from '../../state/thread-view.svelte.ts'
import type { LetterMark } from './mark-letters.ts'
import type { EmailId } from '../../jmap/types.ts'

export interface ThreadKeysInput {
  /** Whether the focus is in the conversation. */
  readonly hasFocus: () => boolean
  /** The letter that is being read. */
  readonly letter: () => EmailId | null
  readonly layout: () => 'beside' | 'stack'
  readonly view: () => ThreadView
  /** Shows or hides who wrote to whom. */
  readonly onDetails: (letter: EmailId) => void
  readonly onBack: () => void
  readonly onStep: (delta: 1 | -1) => void
  readonly onMark: (value: LetterMark) => void
  readonly onFile: (filing: 'archive' | 'trash' | 'junk' | 'move' | 'copy' | 'label') => void
}

export function threadKeys(input: ThreadKeysInput): Bindings {
  /** Beside the list these keys belong to whichever side has the focus. */
  const here = (act: () => void) => (): boolean => {
    if (input.layout() === 'beside' && !input.hasFocus()) return false
    act()
    return true
  }
  const toggle = here(() => {
    const id = input.letter()
    if (id) input.view().toggle(id)
  })
  const back = here(() => input.onBack())
  return {
    n: () => input.view().step(input.letter(), 1),
    p: () => input.view().step(input.letter(), -1),
    o: toggle,
    Enter: toggle,
    ';': () => input.view().openAll(),
    ':': () => input.view().foldAll(),
    i: here(() => {
      const id = input.letter()
      if (id) input.onDetails(id)
    }),
    u: back,
    Escape: back,
    j: here(() => input.onStep(1)),
    k: here(() => input.onStep(-1)),
    I: here(() => input.onMark('read')),
    U: here(() => input.onMark('unread')),
    s: here(() => input.onMark('flag')),
    e: here(() => input.onFile('archive')),
    '#': here(() => input.onFile('trash')),
    '!': here(() => input.onFile('junk')),
    v: here(() => input.onFile('move')),
    V: here(() => input.onFile('copy')),
    l: here(() => input.onFile('label')),
  }
}
