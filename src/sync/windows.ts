/** L4: rows of a list below the horizon, as the server orders them now. Runs outside the lane, at visible priority. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { JmapResponse } from '../jmap/client.ts'
import type { Email, EmailId } from '../jmap/types.ts'
import type { ListQuery, RowKey } from '../mail/list.ts'
import type { AccountContext } from './account-context.ts'
import { NEWEST_FIRST } from './first-sync.ts'
import type { FetchedWindow, WindowRequest } from './engine-port.ts'
import { argsOf, idsIn, numberIn, parsedIn, stateIn } from './read-results.ts'
import { MethodFailure } from './sync-errors.ts'
import { bringEmails, writeIslands } from './write-rows.ts'

/** What this account's server refuses of Email/query, learned once (James: no anchor, no total, D4 to D8). */
export interface QueryDialect {
  hasAnchor: boolean
}

/** The anchor is no longer in the list, or the server knows no anchors: ask by position. */
class AnchorNotFound extends MethodFailure {
  constructor() {
    super('Email/query', 'anchorNotFound')
  }
}

export async function fetchWindow(
  ctx: AccountContext,
  request: WindowRequest,
  dialect: QueryDialect,
): Promise<FetchedWindow> {
  if (request.anchor !== undefined && !dialect.hasAnchor) throw new AnchorNotFound()
  const mark = ctx.touches.mark()
  try {
    const response = await ctx.request(windowCalls(ctx, request), 'visible')
    const query = readQuery(response, request, dialect)
    const got = argsOf(response, 'e')
    const isVouched = await writeIslands(ctx, mark, {
      emails: parsedIn(got, toEmail),
      threads: parsedIn(argsOf(response, 't'), toThread),
      state: stateIn(got),
    })
    await bringEmails(ctx, idsIn<EmailId>(query, 'ids'), isVouched)
    return await toWindow(ctx, query, request.query)
  } finally {
    mark.close()
  }
}

function windowCalls(ctx: AccountContext, request: WindowRequest): ReturnType<AccountContext['call']>[] {
  const { query, anchor, anchorOffset, position } = request
  const where = anchor === undefined ? { position: position ?? 0 } : { anchor, anchorOffset: anchorOffset ?? 0 }
  const limit = Math.min(request.limit, ctx.batchSize)
  return [
    ctx.call(
      'Email/query',
      {
        filter: query.filter ?? { inMailbox: query.mailboxId },
        sort: query.sort ?? NEWEST_FIRST,
        collapseThreads: query.collapseThreads ?? true,
        calculateTotal: true,
        limit,
        ...where,
      },
      'q',
    ),
    ctx.call(
      'Email/get',
      { '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties: LIST_PROPERTIES },
      'e',
    ),
    ctx.call('Thread/get', { '#ids': { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' } }, 't'),
  ]
}

function readQuery(response: JmapResponse, request: WindowRequest, dialect: QueryDialect): Record<string, unknown> {
  const result = response.result('q')
  if (result.ok) return result.args
  if (request.anchor === undefined) throw new MethodFailure('Email/query', result.type)
  if (result.type === 'invalidArguments') dialect.hasAnchor = false
  throw new AnchorNotFound()
}

/** One row per thread: Stalwart sends duplicates under collapseThreads, James does not collapse at all (D5). */
async function toWindow(
  ctx: AccountContext,
  query: Record<string, unknown>,
  { collapseThreads }: ListQuery,
): Promise<FetchedWindow> {
  const ids = idsIn<EmailId>(query, 'ids')
  const rows = new Map<RowKey, Email>()
  for (const email of await ctx.replica.emails(ids)) {
    const key = collapseThreads === false ? email?.id : email?.threadId
    if (email && key && !rows.has(key)) rows.set(key, email)
  }
  const emails = [...rows.values()]
  return {
    position: numberIn(query, 'position') ?? 0,
    total: numberIn(query, 'total'),
    emailIds: emails.map((email) => email.id),
    threadIds: emails.map((email) => email.threadId),
  }
}
