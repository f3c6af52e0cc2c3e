/** The keys that lead from mailbox to mailbox, and to the table of all keys (design, ShortcutHelp: Move). */
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
    'g i': () => input.openRole('inbox'),
    'g t': () => input.openRole('sent'),
    'g d': () => input.openRole('drafts'),
    'g a': () => input.openRole('archive'),
    'g l': input.showMailboxes,
    ...Object.fromEntries(accounts.map((number) => [`g ${String(number)}`, () => input.openAccount(number)])),
    '?': input.showHelp,
    '/': input.search,
    '[': input.toggleSidebar,
    z: () => input.takeBack(false),
    Z: () => input.takeBack(true),
    'Mod+z': () => input.takeBack(false),
    'Mod+Shift+z': () => input.takeBack(true),
  }
}
