/** The mailboxes of one account, counts with the overlay of waiting actions. */
import { Live } from './live.svelte.ts'
import { FLAGGED } from '../mail/list.ts'
import type { OpenAccount } from './open-account.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'

export class MailboxList {
  readonly #live: Live<readonly Mailbox[] | undefined>

  constructor(account: OpenAccount) {
    this.#live = new Live<readonly Mailbox[] | undefined>(account.replica, {
      initial: undefined,
      concerns: (notice) => notice.mailboxes === true || notice.outbox === true,
      read: async () => withFlagged(account, await account.replica.mailboxes()),
    })
  }

  /** With what is flagged in any of them as one more. Undefined until the replica was read once. */
  get all(): readonly Mailbox[] | undefined {
    return this.#live.current
  }

  get(id: MailboxId): Mailbox | undefined {
    return this.all?.find((mailbox) => mailbox.id === id)
  }

  withRole(role: string): Mailbox | undefined {
    return this.all?.find((mailbox) => mailbox.role === role)
  }
}

/** It stands among the reader's own mailboxes, with the Inbox's rights. How much of it is unread nobody counts. */
function withFlagged({ info }: OpenAccount, mailboxes: readonly Mailbox[]): readonly Mailbox[] {
  const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox')
  return inbox && info.isPersonal
    ? [...mailboxes, { ...inbox, id: FLAGGED, role: 'flagged', unreadThreads: -1 }]
    : mailboxes
}
