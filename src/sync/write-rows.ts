/** Rows that a get brought outside the lane: islands of windows, threads, cold links (L1, L2). */
import type { Email, EmailId, State, Thread, ThreadId } from '../jmap/types.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { getEmailsWithState, getThreads, knownRows } from './fetch-rows.ts'
import type { TouchLog } from './touch-log.ts'

export interface IslandRows {
  readonly emails: readonly Email[]
  readonly threads: readonly Thread[]
  /** The Email/get answer's. */
  readonly state: State | undefined
}

/** False if unknown rows were left out because a pull must come first. */
export async function writeIslands(
  ctx: AccountContext,
  mark: ReturnType<TouchLog['mark']>,
  rows: IslandRows,
): Promise<boolean> {
  return ctx.write({}, async (tx) => {
    const isVouched = ctx.vouching.isVouched(await tx.state('Email'), rows.state)
    const known = await tx.emails(rows.emails.map((email) => email.id))
    // Asked inside the transaction: a pull that is about to write has touched its ids by now.
    const emails = rows.emails.filter(
      (email, index) => !mark.wasTouched(email.id) && (isVouched || known[index] !== undefined),
    )
    if (emails.length > 0) await tx.putEmails(emails)
    const threads: Thread[] = []
    for (const thread of rows.threads) {
      if (!mark.wasTouched(thread.id) && (await hasEmails(tx, thread.id))) threads.push(thread)
    }
    if (threads.length > 0) await tx.putThreads(threads)
    return isVouched
  })
}

async function hasEmails(tx: WriteTx, threadId: ThreadId): Promise<boolean> {
  return (await tx.emailIdsOfThread(threadId)).length > 0
}

/** How often a row is asked for that passing pulls take from us; after that the page asks again by itself. */
const ATTEMPTS = 4

/** R6: until the replica has these Emails, or the server does not. Not in the lane: it may wait for a pull. */
export async function bringEmails(ctx: AccountContext, ids: readonly EmailId[], isVouched: boolean): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await missing(ctx, ids)).length === 0) return
    if (!isVouched) await ctx.vouching.nextPull()
    const wanted = await missing(ctx, ids)
    const mark = ctx.touches.mark()
    try {
      const { emails, state } = await getEmailsWithState(ctx, wanted, 'visible')
      if (emails.length === 0) return
      const threads = await getThreads(ctx, [...new Set(emails.map((email) => email.threadId))], 'visible')
      // Stalwart answers for ids that a merge killed meanwhile (M17): a living message is in its thread.
      const living = new Set(threads.flatMap((thread) => thread.emailIds))
      isVouched = await writeIslands(ctx, mark, { emails: emails.filter(({ id }) => living.has(id)), threads, state })
    } finally {
      mark.close()
    }
  }
}

async function missing(ctx: AccountContext, ids: readonly EmailId[]): Promise<EmailId[]> {
  const rows = await knownRows(ctx, ids)
  return ids.filter((_, index) => rows[index] === undefined)
}
