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
/** At some 20 µs a row, a frame's time of the worker. */
const ROWS_PER_READ = 500

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

/** Read in pieces: nobody's window or letter waits behind it, however many rows there are. */
async function lacksSome({ replica }: AccountContext): Promise<boolean> {
  const left = new Map((await replica.mailboxes()).map(({ id, totalEmails }) => [id, totalEmails]))
  for (let last: EmailId | undefined; ;) {
    const from = last === undefined ? undefined : { lower: last, lowerOpen: true }
    const rows = await replica.read(['emails'], (tx) => tx.getAll('emails', from, ROWS_PER_READ))
    for (const { mailboxIds } of rows)
      for (const id of Object.keys(mailboxIds) as MailboxId[]) left.set(id, (left.get(id) ?? 0) - 1)
    last = rows.at(-1)?.id
    if (last === undefined) return [...left.values()].some((count) => count > 0)
  }
}
