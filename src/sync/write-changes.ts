/** What a pull brought, made whole and written: code of its own, fetched with the first pull that brings anything. */
import { loadCode } from '../jmap/load-code.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { applyChanges, type AppliedChanges } from './apply-changes.ts'
import type { CollectedChanges } from './collected-changes.ts'
import { completeChanges } from './complete-changes.ts'

export async function writeChanges(
  ctx: AccountContext,
  changes: readonly CollectedChanges[],
  finish: (tx: WriteTx) => Promise<void>,
): Promise<AppliedChanges> {
  const isMaking = (await ctx.replica.outbox()).some(({ mutation }) => mutation.type === 'createMailbox')
  const code = isMaking ? await loadCode(() => import('./adopt-mailboxes.ts')) : undefined
  return applyChanges(ctx, await completeChanges(ctx, changes), async (tx) => {
    await code?.adoptFound(tx)
    await finish(tx)
  })
}
