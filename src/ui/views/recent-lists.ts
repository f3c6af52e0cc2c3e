/**
 * The lists that were on screen lately, with the rows they had: going back to a mailbox shows them in the frame of the
 * key press. The newest of them stay mounted and current behind the one that is shown; the others hear nothing, cost
 * their rows, and are read anew when they are shown.
 */
import { createSubscriber } from 'svelte/reactivity'
import type { Clock } from '../../platform/clock.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import { EmailList, type EmailListInput } from '../../state/email-list.svelte.ts'
import { queryId } from '../../mail/list.ts'
import type { ListQuery } from '../../mail/list.ts'
import type { MailList } from '../../state/mail-list.ts'

const KEPT = 8
/** With what is laid out and painted already: a mailbox that the reader goes back and forth to takes one frame. */
const MOUNTED = 4

/** What a list is: an `EmailList`, unless it is one whose code comes later. */
type ListMaker = new (input: EmailListInput & { readonly subscriber: typeof createSubscriber }) => MailList

export class RecentLists {
  readonly #clock: Clock
  /** By account object: one that signed out and in again is another, and begins anew. */
  readonly #lists = new WeakMap<AccountState, Map<string, MailList>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get(account: AccountState, query: ListQuery, List: ListMaker = EmailList): MailList {
    const key = queryId(query)
    const lists = this.#lists.get(account) ?? new Map<string, MailList>()
    this.#lists.set(account, lists)
    const list = lists.get(key) ?? new List({ account, query, clock: this.#clock, subscriber: createSubscriber })
    // Last in the map's order: the first is the one that was left longest ago.
    lists.delete(key)
    lists.set(key, list)
    for (const oldest of [...lists.keys()].slice(0, -KEPT)) lists.delete(oldest)
    // What stopped to match stays in a list until that is left (L6), and no longer.
    for (const [other, { query: left }] of lists) if (left.narrow !== undefined && other !== key) lists.delete(other)
    return list
  }

  /** In an order that does not change as the reader goes from one to another: a list that is moved loses its place. */
  mounted(account: AccountState): readonly MailList[] {
    const newest = [...(this.#lists.get(account)?.values() ?? [])].slice(-MOUNTED)
    return newest.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  }
}
