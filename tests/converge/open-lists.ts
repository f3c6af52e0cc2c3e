/** Lists as a page has them open: they follow the replica's notices while everything happens, and must end up true. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import { FLAGGED, rowKey, type ListQuery } from '../../src/mail/list.ts'
import type { NarrowedList } from '../../src/state/narrowed-list.ts'
import type { EngineBench } from '../support/engine-bench.ts'
import { homeOf, openList, type OpenList } from '../support/open-list.ts'

/** The Inbox, a row for each message, from the first step of a seed to its end if somebody looks at it. */
export class OpenLists {
  readonly #bench: EngineBench
  readonly #inbox: OpenList | undefined

  constructor(bench: EngineBench, isLookedAt: boolean) {
    this.#bench = bench
    const query = { mailboxId: bench.mailboxId('inbox'), collapseThreads: false } as const
    if (isLookedAt) this.#inbox = openList(homeOf(bench), query)
  }

  /** The first thing that is wrong with them, and with lists that are opened now. */
  async verify(): Promise<string | undefined> {
    const wrong = this.#inbox && (await checkOpenList('the open list', this.#inbox.list, this.#bench))
    if (wrong) return wrong
    const boxes = [...(this.#bench.account.mailboxes.keys() as Iterable<MailboxId>), FLAGGED]
    const queries: ListQuery[] = boxes.map((mailboxId) => ({ mailboxId, collapseThreads: false }))
    for (const query of [...queries, { mailboxId: FLAGGED, narrow: '' }]) {
      const opened = openList(homeOf(this.#bench), query)
      const wrongNow = await checkOpenList('a new list', opened.list, this.#bench)
      opened.close()
      if (wrongNow) return wrongNow
    }
    return undefined
  }

  close(): void {
    this.#inbox?.close()
  }
}

/** What an open list shows once it was looked at, beside what the server has. */
export async function checkOpenList(
  which: string,
  list: NarrowedList,
  { account, clock }: { readonly account: MailAccount; readonly clock: { advance(ms: number): Promise<void> } },
): Promise<string | undefined> {
  await list.reread()
  list.retry()
  list.observe(0, 9)
  await clock.advance(3_000)
  list.observe(0, list.length)
  await clock.advance(3_000)
  const what = difference(list, expectedOf(list.query, account))
  return what && `${which} of ${list.key}: ${what}`
}

interface Expected {
  readonly key: string
  readonly receivedAt: number
}

function difference(list: NarrowedList, expected: readonly Expected[]): string | undefined {
  const dates = new Map(expected.map(({ key, receivedAt }) => [key, receivedAt]))
  const shown = Array.from({ length: list.length }, (_, position) => {
    const row = list.row(position)
    return row ? String(rowKey(row)) : 'nothing'
  })
  if (list.total !== expected.length) return `total ${String(list.total)}, not ${expected.length}`
  const missing = expected.filter(({ key }) => !shown.includes(key)).map(({ key }) => key)
  const extra = shown.filter((key, index) => !dates.has(key) || shown.indexOf(key) !== index)
  if (missing.length + extra.length > 0) return `missing [${missing.join(' ')}], extra [${extra.join(' ')}]`
  const index = shown.findIndex((key, position) => dates.get(key) !== expected[position]?.receivedAt)
  return index < 0 ? undefined : `${String(shown[index])} is at a wrong place (${index})`
}

/** What the server has there, newest first; of a conversation its newest. */
function expectedOf({ mailboxId, collapseThreads }: ListQuery, account: MailAccount): Expected[] {
  const passedOver = ['trash', 'junk'].flatMap((role) => account.mailboxByRole(role)?.id ?? [])
  const emails = [...account.emails.values()].filter(({ keywords, mailboxIds }) =>
    mailboxId === FLAGGED
      ? keywords.has('$flagged') && [...mailboxIds].some((id) => !passedOver.includes(id))
      : mailboxIds.has(mailboxId),
  )
  const newest = new Map<string, number>()
  for (const { id, thread, receivedAt } of emails) {
    const key = collapseThreads === false ? id : thread.id
    newest.set(key, Math.max(receivedAt, newest.get(key) ?? 0))
  }
  return [...newest].map(([key, receivedAt]) => ({ key, receivedAt })).toSorted((a, b) => b.receivedAt - a.receivedAt)
}
