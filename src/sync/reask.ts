/**
 * The second look, 2 s after something was created: a query may have been wrong when the first answer was made
 * (Stalwart's search index is late). It changes only what L7 allows; order and queryState are never taken from it.
 */
import type { Email, EmailId, MailboxId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { NEWEST_FIRST, readCoverage } from './coverage.ts'
import { getEmails, getMutable, getThreads } from './fetch-rows.ts'
import type { MutableEmail } from './mutable-email.ts'
import { argsIfOk, idsIn, isLastPage } from './read-results.ts'

const PAGE = 100

export interface ReaskRequest {
  /** The list whose first page is compared row by row. */
  readonly mailboxId: MailboxId | undefined
  /** After a first sync: the horizon is raised to what this page proves, since the first page may have lied about its end. */
  readonly confirm: boolean
}

/** Runs in the lane. Returns how many rows it had to mend. */
export async function reask(ctx: AccountContext, request: ReaskRequest): Promise<number> {
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
  const omitted = here && mailboxId ? await omittedRows(ctx, mailboxId, hereIds, isLastPage(here, limit)) : []
  const looked = await getMutable(ctx, omitted)
  const after =
    request.confirm && all && !isLastPage(all, limit) ? await dateOfLast(ctx, allIds, lacking.emails) : undefined
  const gone = goneIds(omitted, looked)
  if (lacking.emails.length + looked.length + gone.length === 0 && after === undefined) return 0
  await ctx.write({ Email: token }, async (tx) => {
    if (lacking.emails.length > 0) await tx.putEmails(lacking.emails)
    if (lacking.threads.length > 0) await tx.putThreads(lacking.threads)
    for (const { id, keywords, mailboxIds, threadId } of looked)
      await tx.patchEmail(id, { keywords, mailboxIds, threadId })
    if (gone.length > 0) await tx.destroyEmails(gone)
    const horizon = await tx.horizon('*')
    if (after !== undefined && horizon && isHigher(after, horizon.after)) await tx.setHorizon({ scope: '*', after })
  })
  return lacking.emails.length + looked.length + gone.length
}

/** Ids above the horizon that have no row here. */
async function fetchLacking(
  ctx: AccountContext,
  ids: readonly EmailId[],
): Promise<{ emails: Email[]; threads: Awaited<ReturnType<typeof getThreads>> }> {
  const rows = await ctx.replica.emails(ids)
  const unknown = ids.filter((_, index) => rows[index] === undefined)
  const answered = await getEmails(ctx, unknown)
  const coverage = await readCoverage(
    ctx.replica,
    answered.flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]),
  )
  const emails = answered.filter((email) => coverage.holds(email))
  const threads = await getThreads(ctx, [...new Set(emails.map((email) => email.threadId))])
  return { emails, threads }
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

async function dateOfLast(
  ctx: AccountContext,
  ids: readonly EmailId[],
  fetched: readonly Email[],
): Promise<string | undefined> {
  const rows = new Map(
    [...(await ctx.replica.emails(ids)), ...fetched].flatMap((row) => (row ? [[row.id, row] as const] : [])),
  )
  const last = ids.at(-1)
  return last === undefined ? undefined : rows.get(last)?.receivedAt
}

function isHigher(date: string, than: string | null): boolean {
  return than === null || Date.parse(date) > Date.parse(than)
}
