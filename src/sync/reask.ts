/**
 * The second look, 2 s after something was created: a query may have been wrong when the first answer was made
 * (Stalwart's search index is late). It changes only what L7 allows; order and queryState are never taken from it.
 */
import type { Email, EmailId, MailboxId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { NEWEST_FIRST } from './first-sync.ts'
import { fetchLacking, getMutable } from './fetch-rows.ts'
import type { HorizonScope } from '../replica/replica.ts'
import type { MutableEmail } from './mutable-email.ts'
import { idsIn, isLastPage } from './read-results.ts'
import { argsIfOk } from './read-verdicts.ts'

const PAGE = 100

interface ReaskRequest {
  /** The list whose first page is compared row by row. */
  readonly mailboxId: MailboxId | undefined
  /** After a first sync: the horizons are raised to what these pages prove, since the first ones may have lied about their end. */
  readonly confirm: boolean
}

/** Runs in the lane. False: the account has changed since our token, so pull and ask again. */
export async function reask(ctx: AccountContext, request: ReaskRequest): Promise<boolean> {
  const token = await ctx.replica.state('Email')
  const limit = Math.min(PAGE, ctx.batchSize)
  const { mailboxId } = request
  const response = await ctx.request([
    ctx.call('Email/query', { sort: NEWEST_FIRST, limit }, 'all'),
    ...(mailboxId
      ? [ctx.call('Email/query', { filter: { inMailbox: mailboxId }, sort: NEWEST_FIRST, limit }, 'here')]
      : []),
  ])
  const all = argsIfOk(response, 'all')
  const here = mailboxId ? argsIfOk(response, 'here') : undefined
  const allIds = idsIn<EmailId>(all, 'ids')
  const hereIds = idsIn<EmailId>(here, 'ids')
  const lacking = await fetchLacking(ctx, [...new Set([...allIds, ...hereIds])])
  if (lacking.emails.length > 0 && !ctx.vouching.isVouched(token, lacking.state)) return false
  const omitted = here && mailboxId ? await omittedRows(ctx, mailboxId, hereIds, isLastPage(here, limit)) : []
  const looked = await getMutable(ctx, omitted)
  const proven = request.confirm
    ? [
        ...(await provenHorizon(ctx, { scope: '*', answer: all, limit }, lacking.emails)),
        ...(mailboxId ? await provenHorizon(ctx, { scope: mailboxId, answer: here, limit }, lacking.emails) : []),
      ]
    : []
  const gone = goneIds(omitted, looked)
  if (lacking.emails.length + looked.length + gone.length + proven.length === 0) return true
  await ctx.write({ Email: token }, async (tx) => {
    if (lacking.emails.length > 0) await tx.putEmails(lacking.emails)
    if (lacking.threads.length > 0) await tx.putThreads(lacking.threads)
    for (const { id, keywords, mailboxIds, threadId } of looked)
      await tx.patchEmail(id, { keywords, mailboxIds, threadId })
    if (gone.length > 0) await tx.destroyEmails(gone)
    for (const { scope, after } of proven) {
      const horizon = await tx.horizon(scope)
      // A horizon at the very end was not one page's word: the page that set it was the whole list.
      if (horizon && horizon.after !== null && isHigher(after, horizon.after)) await tx.setHorizon({ scope, after })
    }
  })
  return true
}

/** Rows that stand above the page's end but are not in it: moved away, or the query lies. Their mailboxIds decide. */
async function omittedRows(
  ctx: AccountContext,
  mailboxId: MailboxId,
  ids: readonly EmailId[],
  isWhole: boolean,
): Promise<EmailId[]> {
  const present = new Set(ids)
  const rows = await ctx.replica.emails(ids)
  const dates = rows.flatMap((row) => (row ? [Date.parse(row.receivedAt)] : []))
  const floor = isWhole ? -Infinity : Math.min(Infinity, ...dates)
  const list = await ctx.replica.listWindow({ mailboxId }, 0, PAGE)
  return list.rows
    .filter((row) => Date.parse(row.receivedAt) > floor && !present.has(row.emailId))
    .map((row) => row.emailId)
}

function goneIds(asked: readonly EmailId[], answered: readonly MutableEmail[]): EmailId[] {
  const found = new Set(answered.map((email) => email.id))
  return asked.filter((id) => !found.has(id))
}

interface AskedPage {
  readonly scope: HorizonScope
  readonly answer: Record<string, unknown> | undefined
  readonly limit: number
}

/** Down to where a page that does not end the list reaches; empty if it says nothing. */
async function provenHorizon(
  ctx: AccountContext,
  page: AskedPage,
  fetched: readonly Email[],
): Promise<{ scope: HorizonScope; after: string }[]> {
  if (!page.answer || isLastPage(page.answer, page.limit)) return []
  const ids = idsIn<EmailId>(page.answer, 'ids')
  const known = [...(await ctx.replica.emails(ids)), ...fetched]
  const last = known.find((row) => row?.id === ids.at(-1))
  return last ? [{ scope: page.scope, after: last.receivedAt }] : []
}

function isHigher(date: string, than: string): boolean {
  return Date.parse(date) > Date.parse(than)
}
