/** Writes rows that a get brought outside the lane: islands of windows, threads, cold links (L1, L2). */
import type { Email, Thread } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import type { TouchLog } from './touch-log.ts'

export async function writeIslands(
  ctx: AccountContext,
  mark: ReturnType<TouchLog['mark']>,
  rows: { readonly emails: readonly Email[]; readonly threads: readonly Thread[] },
): Promise<void> {
  await ctx.write({}, async (tx) => {
    // Asked inside the transaction: a pull that is about to write has touched its ids by now.
    const emails = rows.emails.filter((email) => !mark.wasTouched(email.id))
    const threads = rows.threads.filter((thread) => !mark.wasTouched(thread.id))
    if (emails.length > 0) await tx.putEmails(emails)
    if (threads.length > 0) await tx.putThreads(threads)
  })
}
