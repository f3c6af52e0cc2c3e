/** What the URL means among the accounts that are here: which account, mailbox and list the reader is in. */
import { Selection } from '../../state/selection.svelte.ts'
import { FLAGGED, isLocalId, type ListQuery, type RowKey, type ThreadRow } from '../../mail/list.ts'
import { Lazy } from '../shared/lazy.svelte.ts'
import { RecentLists } from './recent-lists.ts'
import type { MailList } from '../../state/mail-list.ts'
import type { EmailId, Mailbox, MailboxId, ThreadId } from '../../jmap/types.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Accounts, AccountState } from '../../state/accounts.svelte.ts'
import type { Navigator } from '../../state/contexts.ts'
import type { Route } from '../../state/route.ts'
import type { RowList } from '../../state/row-list.ts'
import type { Settings } from '../../state/settings.svelte.ts'
import type { SearchDesk } from './search-desk.svelte.ts'

export interface MailPlaceInput {
  readonly accounts: Accounts
  readonly navigator: Navigator
  readonly clock: Clock
  readonly settings: Settings
}

export class MailPlace {
  readonly #input: MailPlaceInput
  readonly #recent: RecentLists
  /** Lists that leave something out: their code comes with the first of them. */
  readonly #narrowed = new Lazy(() => import('../../state/narrowed-list.ts'))
  readonly #route = $derived.by(() => this.#input.navigator.route)

  /** The reader wants a row for each message. */
  readonly #isSingle: boolean = $derived.by(
    () =>
      this.search === undefined &&
      this.account !== undefined &&
      !this.#input.settings.get('conversations', this.account.info.key),
  )

  /** The account of the URL; the reader's first where it names none. */
  readonly account: AccountState | undefined = $derived.by(() => {
    const { accounts } = this.#input
    if (this.#route.view === 'mailbox') return accounts.find(this.#route.account)
    return this.personal[0]
  })
  /** The reader's own accounts, and those that others share. */
  readonly personal: readonly AccountState[] = $derived.by(() => {
    const all = this.#input.accounts.list ?? []
    const personal = all.filter((account) => account.info.isPersonal)
    return personal.length > 0 ? personal : all
  })
  readonly shared: readonly AccountState[] = $derived.by(() =>
    (this.#input.accounts.list ?? []).filter((account) => !this.personal.includes(account)),
  )
  /** Whose mailboxes stand on top of the sidebar. */
  readonly home: AccountState | undefined = $derived.by(() => {
    const { account } = this
    if (!account || this.personal.includes(account)) return account ?? this.personal[0]
    return this.personal.find((own) => own.info.login === account.info.login) ?? this.personal[0]
  })
  readonly mailboxId: MailboxId | null = $derived.by(
    () => (this.#route.view === 'mailbox' ? this.#route.mailboxId : null) ?? this.#start?.id ?? null,
  )
  readonly mailbox: Mailbox | undefined = $derived.by(() =>
    this.mailboxId === null ? undefined : this.account?.mailboxes.get(this.mailboxId),
  )
  readonly list: MailList | undefined = $derived.by(() => {
    const { account, mailboxId } = this
    if (!account || mailboxId === null) return undefined
    const { narrow } = this
    const hidesDeleted = this.#input.settings.get('hideDeleted', account.info.key) || undefined
    const query: ListQuery = {
      mailboxId,
      narrow,
      collapseThreads: this.#isSingle ? false : undefined,
      hidesDeleted,
    }
    if (narrow === undefined && !this.#isSingle && !hidesDeleted) return this.#recent.get(account, query)
    this.#narrowed.load()
    return this.#narrowed.value && this.#recent.get(account, query, this.#narrowed.value.NarrowedList)
  })
  /** The list, and those of this account that wait behind it. */
  readonly lists: readonly MailList[] = $derived.by(() =>
    this.account && this.list ? this.#recent.mounted(this.account) : [],
  )
  /** Searches of this page; here from the first one on. */
  desk: SearchDesk | undefined = $state.raw()
  /** What conversations are opened from, and J and K walk. */
  readonly walked: RowList | undefined = $derived.by(() => (this.search === undefined ? this.list : this.desk?.results))
  /** The row that is open. */
  readonly openKey: RowKey | null = $derived.by(() => (this.#isSingle ? this.emailId : this.threadId))
  /** Of that row in it, counted from 0; undefined where it does not stand there. */
  readonly position: number | undefined = $derived.by(() => {
    const at = this.walked && this.openKey !== null ? this.walked.positionOf(this.openKey) : -1
    return at < 0 ? undefined : at
  })
  /** Conversations that may be opened next. */
  readonly ahead: readonly ThreadId[] = $derived.by(() => {
    const { walked: list, position } = this
    if (!list || position === undefined) return []
    return [position + 1, position - 1].flatMap((at) => list.row(at)?.threadId ?? [])
  })
  /** Of this list: another one begins with nothing ticked. */
  readonly selection: Selection = $derived(new Selection(this.list))

  constructor(input: MailPlaceInput) {
    this.#input = input
    this.#recent = new RecentLists(input.clock)
  }

  get threadId(): ThreadId | null {
    return this.#route.view === 'mailbox' ? this.#route.threadId : null
  }

  /** What is searched for; undefined while the mailbox's own list is shown. */
  get search(): string | undefined {
    return this.#route.view === 'mailbox' ? this.#route.search : undefined
  }

  /** What the list leaves out, and its order; undefined for the mailbox as it is. */
  get narrow(): string | undefined {
    const route = this.#route
    if (route.view === 'mailbox') return route.narrow ?? (route.mailboxId === FLAGGED ? '' : undefined)
    return undefined
  }

  get emailId(): EmailId | null {
    return this.#route.view === 'mailbox' ? this.#route.emailId : null
  }

  /** Nothing is here for this URL: a path of no form, an account or a mailbox that is not ours. */
  get missing(): 'path' | 'mailbox' | undefined {
    if (this.#route.view === 'notFound') return 'path'
    if (this.#route.view !== 'mailbox') return undefined
    if (!this.account) return 'mailbox'
    const { mailboxId } = this.#route
    // one that was still to be made when it was opened has another address by now (`follow-made.ts`)
    const isGone = mailboxId !== null && !isLocalId(mailboxId) && this.#areMailboxesKnown && !this.mailbox
    return isGone ? 'mailbox' : undefined
  }

  /** The full route, where the URL left out what goes without saying. */
  get implied(): Route | undefined {
    const isShort = this.#route.view === 'start' || (this.#route.view === 'mailbox' && this.#route.mailboxId === null)
    if (!isShort || !this.account || this.mailboxId === null) return undefined
    return this.routeTo(this.account, this.mailboxId, undefined, this.search)
  }

  /** A row is opened from the list as it is, a mailbox as a whole. */
  routeTo(account: AccountState, mailboxId: MailboxId, row?: ThreadRow, search?: string): Route {
    return {
      view: 'mailbox',
      account: account.info.key,
      mailboxId,
      threadId: row?.threadId ?? null,
      emailId: row?.isSingle ? row.emailId : null,
      search,
      narrow: row && this.narrow,
    }
  }

  /** Empty before the first sync, too: then nobody can say that a mailbox is gone. */
  get #areMailboxesKnown(): boolean {
    return (this.account?.mailboxes.all?.length ?? 0) > 0
  }

  get #start(): Mailbox | undefined {
    return this.account?.mailboxes.withRole('inbox') ?? this.account?.mailboxes.all?.[0]
  }
}
