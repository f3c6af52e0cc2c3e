/**
 * Moves a mailbox's mail to another before it is deleted, all that the server has of it, a request at a time: what is left
 * is asked anew each time, so that it goes on wherever it was broken off.
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { EmailId, MailboxId } from '../jmap/types.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import { classifySetError } from './classify-set-error.ts'
import { escapePointer } from './fold-outbox.ts'
import { pullChanges } from './pull-changes.ts'
import type { PushOutcome } from './push-outbox.ts'
import { idsIn } from './read-results.ts'
import { argsIfOk } from './read-verdicts.ts'

/** One step. Undefined: nothing is in it any more, or it is gone. */
export async function moveMailOut(
  ctx: AccountContext,
  row: OutboxRow,
  from: MailboxId,
  to: MailboxId,
): Promise<PushOutcome | undefined> {
  const query = ctx.call('Email/query', { filter: { inMailbox: from }, limit: ctx.setSize }, 'in')
  const found = argsIfOk(await ctx.request([query], 'visible'), 'in')
  const ids = found ? idsIn<EmailId>(found, 'ids').slice(0, ctx.setSize) : []
  if (ids.length === 0) return undefined
  const patch = { [`mailboxIds/${escapePointer(from)}`]: null, [`mailboxIds/${escapePointer(to)}`]: true }
  const update = Object.fromEntries(ids.map((id) => [id, patch]))
  let hasRetry = false
  const pull = await pullChanges(ctx, {
    before: [ctx.call('Email/set', { update }, 'empty')],
    settle: (response) => async (tx) => {
      const refusal = refusalIn(response, ids)
      const waiting = (await tx.outbox()).find(({ id, status }) => id === row.id && status === 'queued')
      if (refusal === undefined || !waiting) return
      const attempts = waiting.attempts + 1
      hasRetry = classifySetError(refusal, attempts) === 'retry'
      await tx.putOutbox({ ...waiting, attempts, ...(!hasRetry && { status: 'failed', lastError: refusal }) })
    },
  })
  return { pull, hasRetry }
}

/** Why none of them was moved. Some are enough: what is left is asked again. */
function refusalIn(response: JmapResponse, ids: readonly EmailId[]): string | undefined {
  const result = response.result('empty')
  if (!result.ok) return result.type
  const { updated, notUpdated } = result.args as {
    updated?: Record<string, unknown> | null
    notUpdated?: Record<string, { type?: unknown } | undefined> | null
  }
  if (ids.some((id) => Object.hasOwn(updated ?? {}, id))) return undefined
  const types = ids.map((id) => notUpdated?.[id]?.type)
  // Dead ids that an index still names: they are gone from there.
  return (types.find((type) => typeof type === 'string' && type !== 'notFound') as string | undefined) ?? 'serverFail'
}
