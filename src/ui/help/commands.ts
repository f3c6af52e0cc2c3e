/**
 * Every key of the app, once: what ShortcutHelp shows and what tests compare with the bindings that exist
 * (`src/app/commands.test.ts`). A key that is bound and not listed here fails that test, and so does one that is listed
 * and bound nowhere.
 */
import type { help } from '../../i18n/en/help.ts'

type CommandName = keyof typeof help.commands
export type CommandGroup = keyof typeof help.groups

export interface Command {
  readonly name: CommandName
  readonly group: CommandGroup
  /** As bindings name them: `event.key`, a sequence "g i", or "Mod+z" (Ctrl or ⌘), "Shift+ArrowUp". */
  readonly keys: readonly string[]
  /** Keys that the part with the focus takes by itself, by no binding: arrows in the list, Shift with F6. */
  readonly native?: readonly string[]
  /** The keys are one row: shown as the first and the last. */
  readonly isRange?: true
}

const accounts = Array.from({ length: 9 }, (_, index) => `g ${String(index + 1)}`)

export const commands: readonly Command[] = [
  { name: 'next', group: 'move', keys: ['j'], native: ['ArrowDown'] },
  { name: 'previous', group: 'move', keys: ['k'], native: ['ArrowUp'] },
  { name: 'page', group: 'move', keys: [], native: ['PageDown', 'PageUp'] },
  { name: 'ends', group: 'move', keys: [], native: ['Home', 'End'] },
  { name: 'open', group: 'move', keys: ['Enter', 'o'] },
  { name: 'back', group: 'move', keys: ['u', 'Escape'] },
  { name: 'panes', group: 'move', keys: ['F6'], native: ['Shift+F6'] },
  { name: 'inbox', group: 'goTo', keys: ['g i'] },
  { name: 'sent', group: 'goTo', keys: ['g t'] },
  { name: 'drafts', group: 'goTo', keys: ['g d'] },
  { name: 'archive', group: 'goTo', keys: ['g a'] },
  { name: 'mailbox', group: 'goTo', keys: ['g l'] },
  { name: 'account', group: 'goTo', keys: accounts, isRange: true },
  { name: 'sidebar', group: 'goTo', keys: ['['] },
  { name: 'search', group: 'goTo', keys: ['/'] },
  { name: 'help', group: 'goTo', keys: ['?'] },
  { name: 'nextLetter', group: 'read', keys: ['n'] },
  { name: 'previousLetter', group: 'read', keys: ['p'] },
  { name: 'fold', group: 'read', keys: ['o', 'Enter'] },
  { name: 'openAll', group: 'read', keys: [';'] },
  { name: 'foldAll', group: 'read', keys: [':'] },
  { name: 'details', group: 'read', keys: ['i'] },
  { name: 'markRead', group: 'read', keys: ['I'] },
  { name: 'markUnread', group: 'read', keys: ['U'] },
  { name: 'flag', group: 'read', keys: ['s'] },
  { name: 'undo', group: 'read', keys: ['z', 'Mod+z'] },
  { name: 'redo', group: 'read', keys: ['Z', 'Mod+Shift+z'] },
  { name: 'archiveIt', group: 'read', keys: ['e'] },
  { name: 'delete', group: 'read', keys: ['#'] },
  { name: 'junk', group: 'read', keys: ['!'] },
  { name: 'select', group: 'read', keys: ['x'] },
  { name: 'extend', group: 'read', keys: ['Shift+ArrowDown', 'Shift+ArrowUp'] },
  { name: 'all', group: 'read', keys: ['Mod+a'] },
  { name: 'moveTo', group: 'read', keys: ['v'] },
  { name: 'copyTo', group: 'read', keys: ['V'] },
  { name: 'label', group: 'read', keys: ['l'] },
  { name: 'clear', group: 'read', keys: ['Escape'] },
]
