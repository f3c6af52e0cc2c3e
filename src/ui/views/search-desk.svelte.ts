/** Searches of this page: the one that the URL names, and those before it, so that back finds what they had found. */
import { parseSearch } from '../../mail/search-query.ts'
import { RecentSearches } from '../../state/recent-searches.svelte.ts'
import { SearchResults } from '../../state/search-results.svelte.ts'
import { search as t } from '../../i18n/en/search.ts'
import SearchPane from './SearchPane.svelte'
import type { MailPlace } from './mail-place.svelte.ts'
import type { Clock } from '../../platform/clock.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'

const KEPT = 6

export class SearchDesk {
  readonly Pane = SearchPane
  readonly recent = new RecentSearches()
  readonly #place: MailPlace
  readonly #clock: Clock
  /** By account object: one that signed out and in again is another, and begins anew. */
  readonly #results = new WeakMap<AccountState, Map<string, SearchResults>>()

  constructor(place: MailPlace, clock: Clock) {
    this.#place = place
    this.#clock = clock
    // So that the engine has what it searches with, and the texts that are here, when the first letter is typed.
    const nothing = { query: { text: '' }, from: 'here', position: 0, limit: 0 } as const
    void place.account?.port.fetchHits(nothing).catch(() => undefined)
  }

  /** Undefined while nothing is searched for. */
  get results(): SearchResults | undefined {
    const { account, search } = this.#place
    const query = parseSearch(search ?? '')
    return account && query.text !== '' ? this.#open(account, query.text) : undefined
  }

  /** For the page, while the hits themselves are what is open. */
  get title(): string | undefined {
    const { account, threadId, search } = this.#place
    if (!account || search === undefined || threadId !== null) return undefined
    return t.pageTitle(search, account.info.username.slice(account.info.username.lastIndexOf('@') + 1))
  }

  /** What is searched for is meant, and not only a step of typing it. */
  mean(): void {
    const { results } = this
    if (!results || !this.#place.account) return
    this.recent.add(this.#place.account, results.query.text)
    results.ask()
  }

  #open(account: AccountState, text: string): SearchResults {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no view reads it: what views see is `results`
    const known = this.#results.get(account) ?? new Map<string, SearchResults>()
    this.#results.set(account, known)
    const before = [...known.values()].at(-1)
    const results = known.get(text) ?? new SearchResults({ account, query: { text }, clock: this.#clock, before })
    known.delete(text)
    known.set(text, results)
    for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest)
    return results
  }
}
