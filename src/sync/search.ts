/**
 * Search: what the server finds, page by page, and what is found among the rows kept here. Outside the lane, at visible
 * priority; rows that come with hits are written by the rules of every row that nobody pulled (`vouching.ts`).
 */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { Email, EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import { isPassedOver } from '../mail/list.ts'
import { searchFilter } from '../mail/search-query.ts'
import type { AccountContext } from './account-context.ts'
import type { Hit, Hits, HitsRequest } from './engine-port.ts'
import { NEWEST_FIRST } from './first-sync.ts'
import { argsOf, idsIn, isLastPage, numberIn, parsedIn, stateIn } from './read-results.ts'
import { TextsHere } from './texts-here.ts'
import { bringEmails, writeIslands } from './write-rows.ts'

interface Marked {
  readonly subject: string | null
  readonly preview: string | null
}

export class Search {
  readonly #ctx: AccountContext
  readonly #here: TextsHere
  /** False once the server said that it knows no SearchSnippet. */
  #hasSnippets = true

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
    this.#here = new TextsHere(ctx)
  }

  async find(request: HitsRequest): Promise<Hits> {
    const mailboxes = await this.#ctx.replica.mailboxes()
    // What the reader, or a filter, has thrown away.
    const leftOut = mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
    if (request.from === 'server') return this.#ask(request, leftOut)
    const found = await this.#here.find(request.query, leftOut, request.limit)
    return { ...found, next: null, findsWholeWords: false }
  }

  async #ask(request: HitsRequest, leftOut: readonly MailboxId[]): Promise<Hits> {
    const ctx = this.#ctx
    const limit = Math.min(request.limit, ctx.batchSize)
    const mark = ctx.touches.mark()
    try {
      const response = await ctx.request(this.#calls(request, leftOut, limit), 'visible')
      const query = argsOf(response, 'q')
      const got = argsOf(response, 'e')
      const isVouched = await writeIslands(ctx, mark, {
        emails: parsedIn(got, toEmail),
        threads: parsedIn(argsOf(response, 't'), toThread),
        state: stateIn(got),
      })
      const ids = idsIn<EmailId>(query, 'ids')
      await bringEmails(ctx, ids, isVouched)
      const snippets = this.#hasSnippets ? response.result('s') : undefined
      if (snippets?.ok === false && snippets.type === 'unknownMethod') this.#hasSnippets = false
      return {
        hits: await this.#toHits(ids, readSnippets(snippets?.ok ? snippets.args : undefined)),
        total: numberIn(query, 'total'),
        next: isLastPage(query, limit) ? null : request.position + ids.length,
        findsWholeWords: ctx.deps.client.session.isStalwart,
      }
    } finally {
      mark.close()
    }
  }

  #calls(
    { query, position }: HitsRequest,
    leftOut: readonly MailboxId[],
    limit: number,
  ): ReturnType<AccountContext['call']>[] {
    const ctx = this.#ctx
    const filter = searchFilter(query, leftOut)
    const found = { resultOf: 'q', name: 'Email/query', path: '/ids' }
    const threads = { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' }
    const order = { sort: NEWEST_FIRST, collapseThreads: true, calculateTotal: true }
    return [
      ctx.call('Email/query', { filter, ...order, position, limit }, 'q'),
      ctx.call('Email/get', { '#ids': found, properties: LIST_PROPERTIES }, 'e'),
      ctx.call('Thread/get', { '#ids': threads }, 't'),
      ...(this.#hasSnippets ? [ctx.call('SearchSnippet/get', { filter, '#emailIds': found }, 's')] : []),
    ]
  }

  /** One hit per thread: Stalwart sends duplicates under collapseThreads, James does not collapse at all (D5). */
  async #toHits(ids: readonly EmailId[], snippets: ReadonlyMap<string, Marked>): Promise<readonly Hit[]> {
    const rows = await this.#ctx.replica.emails(ids)
    const byThread = new Map<ThreadId, Email>()
    for (const row of rows) if (row && !byThread.has(row.threadId)) byThread.set(row.threadId, row)
    return [...byThread.values()].map(({ id, threadId }) => {
      const marked = snippets.get(id)
      return { emailId: id, threadId, subject: marked?.subject ?? null, preview: marked?.preview ?? null }
    })
  }
}

function readSnippets(args: Record<string, unknown> | undefined): ReadonlyMap<string, Marked> {
  const list: readonly unknown[] = Array.isArray(args?.['list']) ? args['list'] : []
  const snippets = new Map<string, Marked>()
  for (const item of list) {
    if (typeof item !== 'object' || item === null) continue
    const { emailId, subject, preview } = item as Record<string, unknown>
    if (typeof emailId === 'string')
      snippets.set(emailId, { subject: textOrNull(subject), preview: textOrNull(preview) })
  }
  return snippets
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
