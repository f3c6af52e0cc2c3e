/**
 * The lists that were on screen lately, with the rows they had: going back to a mailbox shows them in the frame of the
 * key press, and reads the replica anew behind them. A list that nobody looks at hears nothing and costs its rows.
 */
import type { MailboxId } from '../../jmap/types.ts'
import type { Clock } from '../../platform/clock.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import { EmailList } from '../../state/email-list.svelte.ts'

const KEPT = 8

export class RecentLists {
  readonly #clock: Clock
  /** By account object: one that signed out and in again is another, and begins anew. */
  readonly #lists = new WeakMap<AccountState, Map<MailboxId, EmailList>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get(account: AccountState, mailboxId: MailboxId): EmailList {
    const lists = this.#lists.get(account) ?? new Map<MailboxId, EmailList>()
    this.#lists.set(account, lists)
    const list = lists.get(mailboxId) ?? new EmailList({ account, query: { mailboxId }, clock: this.#clock })
    // Last in the map's order: the first is the one that was left longest ago.
    lists.delete(mailboxId)
    lists.set(mailboxId, list)
    for (const oldest of [...lists.keys()].slice(0, -KEPT)) lists.delete(oldest)
    return list
  }
}
