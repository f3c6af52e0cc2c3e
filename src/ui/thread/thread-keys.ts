/** The keys of an opened conversation (design, ShortcutHelp: Move). What the list owns is left to it by `false`. */
import * as keys from '../../state/keys.ts'
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
  readonly onFile: (filing: 'archive' | 'trash' | 'junk' | 'move' | 'copy' | 'label' | 'snooze' | 'mute') => void
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
    [keys.nextLetter]: () => input.view().step(input.letter(), 1),
    [keys.previousLetter]: () => input.view().step(input.letter(), -1),
    [keys.open]: toggle,
    [keys.enter]: toggle,
    [keys.openAll]: () => input.view().openAll(),
    [keys.foldAll]: () => input.view().foldAll(),
    [keys.details]: here(() => {
      const id = input.letter()
      if (id) input.onDetails(id)
    }),
    [keys.back]: back,
    [keys.leave]: back,
    [keys.next]: here(() => input.onStep(1)),
    [keys.previous]: here(() => input.onStep(-1)),
    [keys.markRead]: here(() => input.onMark('read')),
    [keys.markUnread]: here(() => input.onMark('unread')),
    [keys.flag]: here(() => input.onMark('flag')),
    [keys.archiveIt]: here(() => input.onFile('archive')),
    [keys.remove]: here(() => input.onFile('trash')),
    [keys.junk]: here(() => input.onFile('junk')),
    [keys.moveTo]: here(() => input.onFile('move')),
    [keys.copyTo]: here(() => input.onFile('copy')),
    [keys.label]: here(() => input.onFile('label')),
    [keys.snooze]: here(() => input.onFile('snooze')),
    [keys.mute]: here(() => input.onFile('mute')),
  }
}
