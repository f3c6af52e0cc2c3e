/**
 * The keys that come with Postern, each written here and nowhere else. A command is known by its key, whatever key its
 * reader chose for it: handlers bind these, `commands.ts` says what each does, `chosen-keys.ts` what is pressed for it.
 * Single constants, since the build writes them where they are used: the first script carries no table.
 *
 * As `event.key` has them; "g i" is one after the other, "Mod+z" with Ctrl or ⌘, a capital one with Shift.
 */

/** Where one moves. */
export const next = 'j'
export const previous = 'k'
export const open = 'o'
export const back = 'u'
export const nextLetter = 'n'
export const previousLetter = 'p'

/** Where one goes. */
export const inbox = 'g i'
export const sent = 'g t'
export const drafts = 'g d'
export const archive = 'g a'
export const mailbox = 'g l'
/** The account's number follows. */
export const account = 'g '
export const sidebar = '['
export const search = '/'
export const help = '?'

/** What is done. */
export const openAll = ';'
export const foldAll = ':'
export const details = 'i'
export const markRead = 'I'
export const markUnread = 'U'
export const flag = 's'
export const undo = 'z'
export const redo = 'Z'
export const archiveIt = 'e'
export const remove = '#'
export const junk = '!'
export const select = 'x'
export const moveTo = 'v'
export const copyTo = 'V'
export const label = 'l'
export const snooze = 'b'
export const mute = 'm'

/** What every program has so: nobody may choose another. */
export const enter = 'Enter'
export const leave = 'Escape'
export const panes = 'F6'
export const rename = 'F2'
export const orderUp = 'Alt+ArrowUp'
export const orderDown = 'Alt+ArrowDown'
export const selectAll = 'Mod+a'
export const extendDown = 'Shift+ArrowDown'
export const extendUp = 'Shift+ArrowUp'
export const undoToo = 'Mod+z'
export const redoToo = 'Mod+Shift+z'
