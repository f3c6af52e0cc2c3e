/** The mailboxes of one account, counts with the overlay of waiting actions. */
import { Live } from './live.svelte.ts'
import type { OpenAccount } from './open-account.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'

export class MailboxList {
  readonly #live: Live<readonly Mailbox[] | undefined>

  constructor(account: OpenAccount) {
    this.#live = new Live<readonly Mailbox[] | undefined>(account.replica, {
      initial: undefined,
      concerns: (notice) => notice.mailboxes === true || notice.outbox === true,
      read: () => account.replica.mailboxes(),
    })
  }

  /** Undefined until the replica was read once. */
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
