/** What a pull brought, made whole and written: code of its own, fetched with the first pull that brings anything. */
import { loadCode } from '../jmap/load-code.ts'
import { isLocalId } from '../mail/list.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { applyChanges, type AppliedChanges } from './apply-changes.ts'
import type { CollectedChanges } from './collected-changes.ts'
import { completeChanges } from './complete-changes.ts'

type AdoptCode = typeof import('./adopt-mailboxes.ts')
type NameCode = typeof import('./name-found.ts')

export async function writeChanges(
  ctx: AccountContext,
  changes: readonly CollectedChanges[],
  finish: (tx: WriteTx) => Promise<void>,
): Promise<AppliedChanges> {
  const isNamed = (await ctx.replica.outbox()).some(namesUnmade)
  const load = (): Promise<readonly [AdoptCode, NameCode]> =>
    Promise.all([import('./adopt-mailboxes.ts'), import('./name-found.ts')])
  const [adopt, name] = isNamed ? await loadCode(load) : []
  return applyChanges(ctx, await completeChanges(ctx, changes), async (tx) => {
    await adopt?.adoptFound(tx)
    await finish(tx)
    await name?.nameFound(tx)
  })
}

/** It names a mailbox by an id of ours. */
function namesUnmade({ mutation }: OutboxRow): boolean {
  if (mutation.type === 'createMailbox') return true
  if (mutation.type === 'setMailboxesOnAll') return isLocalId(mutation.to)
  return mutation.type === 'setMailboxes' && Object.keys(mutation.mailboxIds).some(isLocalId)
}
