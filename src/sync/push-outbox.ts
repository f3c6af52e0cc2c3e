/** Sends what the user did, and pulls the result in the same request: the overlay ends when the base has the value (B6.4). */
import type { JmapResponse } from '../jmap/client.ts'
import type { EmailId } from '../jmap/types.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { classifySetError } from './classify-set-error.ts'
import { foldOutbox, splitUpdate, type PatchMap } from './fold-outbox.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import { Conflict, Deposed, Stopped } from './sync-errors.ts'

interface PushOutcome {
  readonly pull: PullOutcome
  /** Some rows are queued again: try later, not at once. */
  readonly hasRetry: boolean
}

/** Runs in the lane. Undefined when nothing is queued. */
export async function pushOutbox(ctx: AccountContext): Promise<PushOutcome | undefined> {
  const { rows, update } = await claimRows(ctx)
  if (rows.length === 0) return undefined
  const parts = splitUpdate(update, ctx.setSize)
  let hasRetry = false
  try {
    const pull = await pullChanges(ctx, {
      before: parts.map((part, index) => ctx.call('Email/set', { update: part }, setId(index))),
      settle:
        (response) =>
        async (tx, { isComplete }) => {
          const verdicts = readVerdicts(response, parts)
          for (const row of rows) {
            const isQueued = await settleRow(tx, row, verdicts, { isComplete, sequence: response.sequence })
            hasRetry ||= isQueued
          }
        },
    })
    return { pull, hasRetry }
  } catch (error) {
    // The outcome is unknown, and patches are idempotent. A stopped engine leaves them to the next leader.
    if (!(error instanceof Stopped || error instanceof Deposed)) await requeue(ctx, rows)
    if (error instanceof Conflict) return undefined
    throw error
  }
}

function setId(index: number): string {
  return `set.${index}`
}

async function claimRows(ctx: AccountContext): Promise<{ rows: OutboxRow[]; update: PatchMap }> {
  return ctx.write({}, async (tx) => {
    const folded = foldOutbox(await tx.outbox(), ctx.setSize)
    const rows = folded.rows.map((row): OutboxRow => ({ ...row, status: 'sending', attempts: row.attempts + 1 }))
    for (const row of rows) await tx.putOutbox(row)
    return { rows, update: folded.update }
  })
}

async function requeue(ctx: AccountContext, rows: readonly OutboxRow[]): Promise<void> {
  const ids = new Set(rows.map((row) => row.id))
  await ctx.write({}, async (tx) => {
    for (const row of await tx.outbox()) {
      if (ids.has(row.id) && row.status === 'sending') await tx.putOutbox({ ...row, status: 'queued' })
    }
  })
}

/** Per id as it was sent: undefined = updated, else the error's type. */
function readVerdicts(response: JmapResponse, parts: readonly PatchMap[]): ReadonlyMap<string, string | undefined> {
  const verdicts = new Map<string, string | undefined>()
  for (const [index, part] of parts.entries()) {
    const result = response.result(setId(index))
    const updated = (result.ok ? result.args['updated'] : undefined) as Record<string, unknown> | null | undefined
    const notUpdated = (result.ok ? result.args['notUpdated'] : undefined) as
      Record<string, { type?: unknown }> | null | undefined
    for (const id of Object.keys(part)) {
      if (!result.ok) verdicts.set(id, result.type)
      else if (updated && Object.hasOwn(updated, id)) verdicts.set(id, undefined)
      else verdicts.set(id, errorType(notUpdated && Object.hasOwn(notUpdated, id) ? notUpdated[id]?.type : undefined))
    }
  }
  return verdicts
}

/** An id the answer is silent about is as good as a failure of the server. */
function errorType(type: unknown): string {
  return typeof type === 'string' ? type : 'serverFail'
}

/** True when something of the row is queued again. What was meant for an Email that is gone for good goes with it. */
async function settleRow(
  tx: WriteTx,
  sent: OutboxRow,
  verdicts: ReadonlyMap<string, string | undefined>,
  pull: { isComplete: boolean; sequence: number },
): Promise<boolean> {
  // The pull's half may have given the row's Emails other ids (B6.5a).
  const row = (await tx.outbox()).find((candidate) => candidate.id === sent.id)
  if (!row) return false
  const left: { emailId: EmailId; index: number; isFinal: boolean; type: string }[] = []
  for (const [index, sentId] of sent.mutation.emailIds.entries()) {
    const type = verdicts.get(sentId)
    if (type === undefined) continue
    const verdict = classifySetError(type, row.attempts)
    const emailId =
      verdict === 'drop' && pull.isComplete ? await livingId(tx, row, index, sentId) : row.mutation.emailIds[index]
    if (emailId !== undefined) left.push({ emailId, index, isFinal: verdict === 'fail', type })
  }
  if (left.length === 0) {
    if (pull.isComplete) await tx.deleteOutbox([row.id])
    else await tx.putOutbox({ ...row, status: 'sent', sentSequence: pull.sequence })
    return false
  }
  // What is confirmed must not be sent again: a later action on the same Email may have gone through meanwhile. Until
  // the pull ends the base does not have it yet, so the server's confirmation itself is written there.
  if (!pull.isComplete) await writeConfirmed(tx, sent, verdicts)
  const isFinal = pull.isComplete && left.every((item) => item.isFinal)
  await tx.putOutbox({
    ...row,
    mutation: {
      ...row.mutation,
      emailIds: left.map((item) => item.emailId),
      blobIds: left.flatMap((item) => row.mutation.blobIds[item.index] ?? []),
    },
    status: isFinal ? 'failed' : 'queued',
    ...(isFinal ? { lastError: left[0]?.type ?? 'serverFail' } : {}),
  })
  return !isFinal
}

async function writeConfirmed(
  tx: WriteTx,
  { mutation }: OutboxRow,
  verdicts: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  for (const id of mutation.emailIds) {
    const email = verdicts.get(id) === undefined ? await tx.email(id) : undefined
    if (!email) continue
    const { [mutation.keyword]: _, ...others } = email.keywords
    const keywords = mutation.value ? { ...others, [mutation.keyword]: true as const } : others
    await tx.patchEmail(id, { keywords, mailboxIds: email.mailboxIds })
  }
}

/** `notFound` is believed only when no living message has the same blob (B6.5a). */
async function livingId(tx: WriteTx, row: OutboxRow, index: number, sentId: EmailId): Promise<EmailId | undefined> {
  const rekeyed = row.mutation.emailIds[index]
  if (rekeyed !== undefined && rekeyed !== sentId) return rekeyed
  const blobId = row.mutation.blobIds[index]
  if (blobId === undefined) return undefined
  return (await tx.emailIdsByBlobId(blobId)).find((id) => id !== sentId)
}
