/**
 * At the end of the backfill: are as many Emails here as the Mailboxes count? James takes the hour after midnight for
 * the last one of its day in `before`, so pages by date never hold it. Then the whole account is gone through by position.
 */
import type { EmailId, MailboxId } from '../../jmap/types.ts'
import type { AccountContext } from '../account-context.ts'
import { NEWEST_FIRST } from '../first-sync.ts'
import { fetchLacking } from '../fetch-rows.ts'
import { argsOf, idsIn, isLastPage } from '../read-results.ts'

/** Rows asked twice, so that one destroyed between two pages opens no gap. */
const OVERLAP = 10

/** Runs in the lane. False: the account has changed since our token, so pull and ask again. */
export async function fillGaps(ctx: AccountContext): Promise<boolean> {
  if (!(await lacksSome(ctx))) return true
  const limit = ctx.batchSize
  for (let position = 0; ;) {
    const token = await ctx.replica.state('Email')
    const response = await ctx.request([ctx.call('Email/query', { sort: NEWEST_FIRST, position, limit }, 'q')])
    const query = argsOf(response, 'q')
    const ids = idsIn<EmailId>(query, 'ids')
    const lacking = await fetchLacking(ctx, ids)
    if (lacking.emails.length > 0) {
      if (!ctx.vouching.isVouched(token, lacking.state)) return false
      await ctx.write({ Email: token }, async (tx) => {
        await tx.putEmails(lacking.emails)
        await tx.putThreads(lacking.threads)
      })
    }
    if (isLastPage(query, limit)) return true
    position += Math.max(1, ids.length - OVERLAP)
  }
}

async function lacksSome(ctx: AccountContext): Promise<boolean> {
  const rows = await ctx.write({}, async (tx) => tx.emails(await tx.allEmailIds()))
  const counts = new Map<MailboxId, number>()
  for (const id of rows.flatMap((row) => Object.keys(row?.mailboxIds ?? {}) as MailboxId[])) {
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return (await ctx.replica.mailboxes()).some(({ id, totalEmails }) => (counts.get(id) ?? 0) < totalEmails)
}
