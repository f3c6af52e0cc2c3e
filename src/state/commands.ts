/**
 * Every command that has a key, once: what ShortcutHelp and the page of shortcuts show, what is compared with the bindings
 * that exist (`src/app/commands.test.ts`), and what tells a key that is free from one that is taken. A key that is bound
 * and not listed here fails that test, and so does one that is listed and bound nowhere.
 */
import type { help } from '../i18n/en/help.ts'
import { keyNow, type ChosenKeys } from './chosen-keys.ts'
import * as keys from './keys.ts'

/** Its word in the catalogue. */
type CommandName = keyof typeof help.commands
export type CommandGroup = keyof typeof help.groups
/** Where its key is heard: in lists, in an open conversation, in both, in the list of mailboxes, or anywhere. */
type CommandScope = 'list' | 'conversation' | 'mail' | 'mailboxes' | 'anywhere'

export interface Command {
  readonly name: CommandName
  readonly group: CommandGroup
  readonly scope: CommandScope
  /** The key that it comes with, and is bound by; the reader may choose another. */
  readonly key?: string
  /** Keys that do the same and stay as they are. */
  readonly also?: readonly string[]
  /** Keys that the part with the focus takes by itself, by no binding: arrows in the list, Shift with F6. */
  readonly native?: readonly string[]
  /** The keys are one row: shown as the first and the last. */
  readonly isRange?: true
}

const accounts = Array.from({ length: 9 }, (_, index) => `${keys.account}${String(index + 1)}`)

export const commands: readonly Command[] = [
  { name: 'next', group: 'move', scope: 'mail', key: keys.next, native: ['ArrowDown'] },
  { name: 'previous', group: 'move', scope: 'mail', key: keys.previous, native: ['ArrowUp'] },
  { name: 'page', group: 'move', scope: 'list', native: ['PageDown', 'PageUp'] },
  { name: 'ends', group: 'move', scope: 'list', native: ['Home', 'End'] },
  { name: 'open', group: 'move', scope: 'mail', key: keys.open, also: [keys.enter] },
  { name: 'back', group: 'move', scope: 'conversation', key: keys.back, also: [keys.leave] },
  { name: 'panes', group: 'move', scope: 'anywhere', also: [keys.panes], native: ['Shift+F6'] },
  { name: 'inbox', group: 'goTo', scope: 'anywhere', key: keys.inbox },
  { name: 'sent', group: 'goTo', scope: 'anywhere', key: keys.sent },
  { name: 'drafts', group: 'goTo', scope: 'anywhere', key: keys.drafts },
  { name: 'archive', group: 'goTo', scope: 'anywhere', key: keys.archive },
  { name: 'mailbox', group: 'goTo', scope: 'anywhere', key: keys.mailbox },
  { name: 'account', group: 'goTo', scope: 'anywhere', also: accounts, isRange: true },
  { name: 'rename', group: 'goTo', scope: 'mailboxes', native: [keys.rename] },
  { name: 'order', group: 'goTo', scope: 'mailboxes', native: [keys.orderUp, keys.orderDown] },
  { name: 'sidebar', group: 'goTo', scope: 'anywhere', key: keys.sidebar },
  { name: 'search', group: 'goTo', scope: 'anywhere', key: keys.search },
  { name: 'help', group: 'goTo', scope: 'anywhere', key: keys.help },
  { name: 'nextLetter', group: 'read', scope: 'conversation', key: keys.nextLetter },
  { name: 'previousLetter', group: 'read', scope: 'conversation', key: keys.previousLetter },
  { name: 'openAll', group: 'read', scope: 'conversation', key: keys.openAll },
  { name: 'foldAll', group: 'read', scope: 'conversation', key: keys.foldAll },
  { name: 'details', group: 'read', scope: 'conversation', key: keys.details },
  { name: 'markRead', group: 'read', scope: 'mail', key: keys.markRead },
  { name: 'markUnread', group: 'read', scope: 'mail', key: keys.markUnread },
  { name: 'flag', group: 'read', scope: 'mail', key: keys.flag },
  { name: 'undo', group: 'read', scope: 'anywhere', key: keys.undo, also: [keys.undoToo] },
  { name: 'redo', group: 'read', scope: 'anywhere', key: keys.redo, also: [keys.redoToo] },
  { name: 'archiveIt', group: 'read', scope: 'mail', key: keys.archiveIt },
  { name: 'delete', group: 'read', scope: 'mail', key: keys.remove },
  { name: 'junk', group: 'read', scope: 'mail', key: keys.junk },
  { name: 'select', group: 'read', scope: 'list', key: keys.select },
  { name: 'extend', group: 'read', scope: 'list', also: [keys.extendDown, keys.extendUp] },
  { name: 'all', group: 'read', scope: 'list', also: [keys.selectAll] },
  { name: 'moveTo', group: 'read', scope: 'mail', key: keys.moveTo },
  { name: 'copyTo', group: 'read', scope: 'mail', key: keys.copyTo },
  { name: 'label', group: 'read', scope: 'mail', key: keys.label },
  { name: 'snooze', group: 'read', scope: 'mail', key: keys.snooze },
  { name: 'mute', group: 'read', scope: 'mail', key: keys.mute },
  { name: 'clear', group: 'read', scope: 'list', also: [keys.leave] },
]

/** Each with the key that is pressed for it, where there is one. */
export function withChosenKeys(of: readonly Command[], chosen: ChosenKeys): readonly Command[] {
  return of.map(({ key, ...command }) => {
    const pressed = key === undefined ? undefined : keyNow(chosen, key)
    return pressed === undefined ? command : { ...command, key: pressed }
  })
}
