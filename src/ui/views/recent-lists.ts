/**
 * The lists that were on screen lately, with the rows they had: going back to a mailbox shows them in the frame of the
 * key press. The newest of them stay mounted and current behind the one that is shown; the others hear nothing, cost
 * their rows, and are read anew when they are shown.
 */
import type { MailboxId } from '../../jmap/types.ts'
import type { Clock } from '../../platform/clock.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import { EmailList } from '../../state/email-list.svelte.ts'

const KEPT = 8
/** With what is laid out and painted already: a mailbox that the reader goes back and forth to takes one frame. */
const MOUNTED = 4

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

  /** In an order that does not change as the reader goes from one to another: a list that is moved loses its place. */
  mounted(account: AccountState): readonly EmailList[] {
    const newest = [...(this.#lists.get(account)?.values() ?? [])].slice(-MOUNTED)
    return newest.toSorted((a, b) => (a.query.mailboxId < b.query.mailboxId ? -1 : 1))
  }
}
