/** The mailboxes of one account, counts with the overlay of waiting actions. */
import { Live } from './live.svelte.ts'
import { FLAGGED } from '../mail/list.ts'
import type { OpenAccount } from './open-account.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'

export class MailboxList {
  readonly #live: Live<readonly Mailbox[] | undefined>
  readonly #isPersonal: boolean
  /** How many conversations are flagged, once somebody has counted them. */
  flagged = $state.raw(0)

  constructor(account: OpenAccount) {
    this.#isPersonal = account.info.isPersonal
    this.#live = new Live<readonly Mailbox[] | undefined>(account.replica, {
      initial: undefined,
      concerns: (notice) => notice.mailboxes === true || notice.outbox === true,
      read: () => account.replica.mailboxes(),
    })
  }

  /** With what is flagged in any of them as one more. Undefined until the replica was read once. */
  get all(): readonly Mailbox[] | undefined {
    return this.#withFlagged
  }

  readonly #withFlagged: readonly Mailbox[] | undefined = $derived.by(() => {
    const mailboxes = this.#live.current
    const inbox = mailboxes?.find((mailbox) => mailbox.role === 'inbox')
    // Among the reader's own, with the Inbox's rights. How much of it is unread nobody counts.
    if (!inbox || !this.#isPersonal) return mailboxes
    return [
      ...(mailboxes ?? []),
      { ...inbox, id: FLAGGED, role: 'flagged', unreadThreads: -1, totalThreads: this.flagged },
    ]
  })

  /** Without that one. */
  get stored(): readonly Mailbox[] | undefined {
    return this.#live.current
  }

  get(id: MailboxId): Mailbox | undefined {
    return this.all?.find((mailbox) => mailbox.id === id)
  }

  withRole(role: string): Mailbox | undefined {
    return this.all?.find((mailbox) => mailbox.role === role)
  }
}
