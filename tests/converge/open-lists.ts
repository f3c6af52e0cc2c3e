/** Lists as a page has them open: they follow the replica's notices while everything happens, and must end up true. */
import type { MailboxId } from '../../src/jmap/types.ts'
import { FLAGGED, type ListQuery } from '../../src/mail/list.ts'
// Loaded beforehand: a virtual clock does not wait for code that a list fetches when it needs it.
import '../../src/state/far-rows.ts'
import { NarrowedList, type NarrowedListInput } from '../../src/state/narrowed-list.ts'
import type { EngineBench } from '../support/engine-bench.ts'

interface OpenList {
  readonly list: NarrowedList
  close(): void
}

/** A list that somebody looks at, through whatever engine leads. */
function openList(bench: EngineBench, query: ListQuery): OpenList {
  const port = {
    get status() {
      return bench.engine.status
    },
    onStatus: () => () => undefined,
    fetchWindow: (request: Parameters<EngineBench['engine']['fetchWindow']>[0]) => bench.engine.fetchWindow(request),
  }
  let stop: (() => void) | void
  let isFollowed = false
  const subscriber: NarrowedListInput['subscriber'] = (start) => () => {
    if (isFollowed) return
    isFollowed = true
    stop = start(() => undefined)
  }
  const account = { replica: bench.replica, port } as unknown as NarrowedListInput['account']
  const list = new NarrowedList({ account, query, clock: bench.clock, subscriber })
  // Looked at from now on.
  list.observe(0, list.length + 9)
  return { list, close: () => stop?.() }
}

/** The Inbox, a row for each message, from the first step of a seed to its end if somebody looks at it. */
export class OpenLists {
  readonly #bench: EngineBench
  readonly #inbox: OpenList | undefined

  constructor(bench: EngineBench, isLookedAt: boolean) {
    this.#bench = bench
    if (isLookedAt) this.#inbox = openList(bench, { mailboxId: bench.mailboxId('inbox'), collapseThreads: false })
  }

  /** The first thing that is wrong with them, and with lists that are opened now. */
  async verify(): Promise<string | undefined> {
    const inbox = this.#bench.mailboxId('inbox')
    const wrong = this.#inbox && (await this.#check('the open list', inbox, this.#inbox.list))
    if (wrong) return wrong
    for (const mailboxId of [...(this.#bench.account.mailboxes.keys() as Iterable<MailboxId>), FLAGGED]) {
      const opened = openList(this.#bench, { mailboxId, collapseThreads: false })
      const wrongNow = await this.#check('a new list', mailboxId, opened.list)
      opened.close()
      if (wrongNow) return wrongNow
    }
    return undefined
  }

  close(): void {
    this.#inbox?.close()
  }

  async #check(which: string, mailboxId: MailboxId, list: NarrowedList): Promise<string | undefined> {
    const { clock } = this.#bench
    await list.reread()
    list.retry()
    list.observe(0, 9)
    await clock.advance(3_000)
    list.observe(0, list.length)
    await clock.advance(3_000)
    const what = this.#difference(mailboxId, list)
    return what && `${which} of ${mailboxId}, by message: ${what}`
  }

  #difference(mailboxId: MailboxId, list: NarrowedList): string | undefined {
    const expected = this.#expected(mailboxId).toSorted((a, b) => b.receivedAt - a.receivedAt)
    const dates = new Map(expected.map(({ id, receivedAt }) => [id, receivedAt]))
    const shown = Array.from({ length: list.length }, (_, position) => String(list.row(position)?.emailId))
    if (list.total !== expected.length) return `total ${String(list.total)}, not ${expected.length}`
    const missing = expected.filter(({ id }) => !shown.includes(id)).map(({ id }) => id)
    const extra = shown.filter((id, index) => !dates.has(id) || shown.indexOf(id) !== index)
    if (missing.length + extra.length > 0) return `missing [${missing.join(' ')}], extra [${extra.join(' ')}]`
    const index = shown.findIndex((id, position) => dates.get(id) !== expected[position]?.receivedAt)
    return index < 0 ? undefined : `${String(shown[index])} is at a wrong place (${index})`
  }

  #expected(mailboxId: MailboxId): { readonly id: string; readonly receivedAt: number }[] {
    const { account } = this.#bench
    if (mailboxId !== FLAGGED) return [...(account.mailboxes.get(mailboxId)?.emails ?? [])]
    const passedOver = ['trash', 'junk'].flatMap((role) => account.mailboxByRole(role)?.id ?? [])
    return [...account.emails.values()].filter(
      ({ keywords, mailboxIds }) => keywords.has('$flagged') && [...mailboxIds].some((id) => !passedOver.includes(id)),
    )
  }
}
