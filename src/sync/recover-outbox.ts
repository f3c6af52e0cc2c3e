import type { AccountContext } from './account-context.ts'

/** What a leader does first: rows of a dead one go back to the queue; its request counter means nothing here. */
export async function recoverOutbox(ctx: AccountContext): Promise<void> {
  await ctx.write({}, async (tx) => {
    for (const row of await tx.outbox()) {
      if (row.status === 'sending') await tx.putOutbox({ ...row, status: 'queued' })
      if (row.status === 'sent') await tx.putOutbox({ ...row, sentSequence: -1 })
    }
  })
}
