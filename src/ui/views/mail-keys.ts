/** The keys that lead from mailbox to mailbox, and to the table of all keys (design, ShortcutHelp: Move). */
import * as keys from '../../state/keys.ts'
import type { Bindings } from '../../state/contexts.ts'

export interface MailKeysInput {
  /** False where the account has no such mailbox. */
  readonly openRole: (role: string) => boolean
  /** Counted from 1. */
  readonly openAccount: (number: number) => boolean
  readonly showMailboxes: () => void
  readonly showHelp: () => void
  readonly search: () => void
  readonly toggleSidebar: () => void
  readonly takeBack: (isRedo: boolean) => void
}

export function mailKeys(input: MailKeysInput): Bindings {
  const accounts = Array.from({ length: 9 }, (_, index) => index + 1)
  return {
    [keys.inbox]: () => input.openRole('inbox'),
    [keys.sent]: () => input.openRole('sent'),
    [keys.drafts]: () => input.openRole('drafts'),
    [keys.archive]: () => input.openRole('archive'),
    [keys.mailbox]: input.showMailboxes,
    ...Object.fromEntries(
      accounts.map((number) => [`${keys.account}${String(number)}`, () => input.openAccount(number)]),
    ),
    [keys.help]: input.showHelp,
    [keys.search]: input.search,
    [keys.sidebar]: input.toggleSidebar,
    [keys.undo]: () => input.takeBack(false),
    [keys.redo]: () => input.takeBack(true),
    [keys.undoToo]: () => input.takeBack(false),
    [keys.redoToo]: () => input.takeBack(true),
  }
}
