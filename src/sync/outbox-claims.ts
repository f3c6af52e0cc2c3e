/** Rows on their way: nobody can take them back until it is known what became of them. */
import type { OutboxRow } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'

/** Nobody knows whether it arrived: they are sent again. */
export async function requeue(ctx: AccountContext, rows: readonly OutboxRow[]): Promise<void> {
  const ids = new Set(rows.map((row) => row.id))
  await ctx.write({}, async (tx) => {
    for (const row of await tx.outbox()) {
      if (ids.has(row.id) && row.status === 'sending') await tx.putOutbox({ ...row, status: 'queued' })
    }
  })
}
