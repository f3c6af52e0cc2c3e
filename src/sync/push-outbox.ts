/** Sends what the user did, and pulls the result in the same request: the overlay ends when the base has the value (B6.4). */
import type { JmapResponse } from '../jmap/client.ts'
import type { Email, EmailId } from '../jmap/types.ts'
import {
  isKnownMutation,
  isMailboxMutation,
  type OutboxRow,
  type SetKeyword,
  type SetMailboxes,
} from '../mutations/mutation.ts'
import { withKeyword } from '../mutations/set-keyword.ts'
import { entriesOf, withMailboxes } from '../mutations/set-mailboxes.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { actOnAll, isOnAllRow } from './act-on-all.ts'
import { isMailboxRow } from './adopt-mailboxes.ts'
import { classifySetError } from './classify-set-error.ts'
import { foldOutbox, splitCall, type EmailRow, type SetCall } from './fold-outbox.ts'
import { makeMailboxes } from './make-mailboxes.ts'
import { createdIdsIn, failOrphans } from './orphaned-rows.ts'
import { requeue } from './outbox-claims.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import { pushMailboxes } from './push-mailboxes.ts'
import { errorType, ownOf } from './read-verdicts.ts'
import { Conflict, Deposed, Stopped } from './sync-errors.ts'
import type { TouchLog } from './touch-log.ts'

export interface PushOutcome {
  readonly pull: PullOutcome
  /** Some rows are queued again: try later, not at once. */
  readonly hasRetry: boolean
}

/** From then on a reader no more sees that what they did went with its letter: they are told (reliability.md R24). */
const TOLD_AFTER_MS = 3_600_000

/** What was sent at once, in order, and what the server said: per id as it was sent, undefined = done. */
interface Batch {
  /** When it is settled. */
  readonly now: number
  readonly rows: readonly EmailRow[]
  readonly verdicts: ReadonlyMap<string, string | undefined>
  readonly touches: TouchLog
}

/** Runs in the lane. Undefined when nothing is queued. */
export async function pushOutbox(ctx: AccountContext): Promise<PushOutcome | undefined> {
  const made = await makeMailboxes(ctx)
  if (made) return made
  const head = await headOf(ctx)
  if (!head) return undefined
  if (isOnAllRow(head)) return actOnAll(ctx, head)
  const first = isMailboxRow(head) ? await pushMailboxes(ctx, head) : undefined
  if (first) return first
  const { rows, ...call } = await claimRows(ctx)
  if (rows.length === 0) return undefined
  const parts = splitCall(call, ctx.setSize)
  let hasRetry = false
  try {
    const pull = await pullChanges(ctx, {
      before: parts.map((part, index) => ctx.call('Email/set', argsOf(part), setId(index))),
      settle: (response) => async (tx, pulled) => {
        const verdicts = readVerdicts(response, parts)
        for (const row of rows) {
          const isQueued = await settleRow(
            tx,
            row,
            { now: ctx.deps.clock.now(), rows, verdicts, touches: ctx.touches },
            { ...pulled, sequence: response.sequence },
          )
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

/** Whose turn it is, once what waits for a mailbox that will never be made has failed. */
async function headOf(ctx: AccountContext): Promise<OutboxRow | undefined> {
  let rows = await ctx.replica.outbox()
  if (rows.some(({ mutation, status }) => status === 'queued' && createdIdsIn(mutation).length > 0)) {
    await ctx.write({}, failOrphans)
    rows = await ctx.replica.outbox()
  }
  return rows.find((row) => row.status === 'queued' && isKnownMutation(row.mutation))
}

function setId(index: number): string {
  return `set.${index}`
}

function argsOf({ update, destroy }: SetCall): Record<string, unknown> {
  return destroy.length > 0 ? { destroy } : { update }
}

async function claimRows(ctx: AccountContext): Promise<SetCall & { rows: EmailRow[] }> {
  return ctx.write({}, async (tx) => {
    const folded = foldOutbox(await tx.outbox(), ctx.setSize)
    const rows = folded.rows.map((row): EmailRow => ({ ...row, status: 'sending', attempts: row.attempts + 1 }))
    for (const row of rows) await tx.putOutbox(row)
    return { ...folded, rows }
  })
}

/** Per id as it was sent: undefined = done, else the error's type. */
function readVerdicts(response: JmapResponse, parts: readonly SetCall[]): ReadonlyMap<string, string | undefined> {
  const verdicts = new Map<string, string | undefined>()
  for (const [index, { update, destroy }] of parts.entries()) {
    const result = response.result(setId(index))
    const args = result.ok ? result.args : {}
    const destroyed = new Set(Array.isArray(args['destroyed']) ? args['destroyed'] : [])
    for (const id of [...Object.keys(update), ...destroy]) {
      if (!result.ok) verdicts.set(id, result.type)
      else if (ownOf(args['updated'], id) !== undefined || destroyed.has(id)) verdicts.set(id, undefined)
      else verdicts.set(id, errorType(ownOf(args['notUpdated'], id) ?? ownOf(args['notDestroyed'], id)))
    }
  }
  return verdicts
}

function isEmailRow(row: OutboxRow): row is EmailRow {
  // a type of a newer build is never sent
  return !isMailboxMutation(row.mutation)
}

/**
 * True when something of the row is queued again. What was meant for an Email that is gone for good goes with it; where
 * it has waited long it is listed.
 */
async function settleRow(
  tx: WriteTx,
  sent: EmailRow,
  batch: Batch,
  pull: { isComplete: boolean; hasEmails: boolean; sequence: number },
): Promise<boolean> {
  const { verdicts } = batch
  // The pull's half may have given the row's Emails other ids (B6.5a).
  const row = (await tx.outbox()).filter(isEmailRow).find((candidate) => candidate.id === sent.id)
  if (!row) return false
  const left: { emailId: EmailId; index: number; isFinal: boolean; type: string }[] = []
  for (const [index, sentId] of sent.mutation.emailIds.entries()) {
    const type = verdicts.get(sentId)
    if (type === undefined) continue
    const verdict = classifySetError(type, row.attempts)
    const emailId =
      verdict === 'drop' && pull.isComplete ? await livingId(tx, row, index, sentId) : row.mutation.emailIds[index]
    const lost = emailId === undefined && isTold(row, batch) ? row.mutation.emailIds[index] : undefined
    if (emailId !== undefined) left.push({ emailId, index, isFinal: verdict === 'fail', type })
    else if (lost !== undefined) left.push({ emailId: lost, index, isFinal: true, type })
  }
  if (left.length === 0) {
    if (pull.isComplete) await tx.deleteOutbox([row.id])
    else await tx.putOutbox({ ...row, status: 'sent', sentSequence: pull.sequence })
    return false
  }
  // What is confirmed must not be sent again: a later action on the same Email may have gone through meanwhile.
  if (!pull.isComplete) await settleConfirmed(tx, sent, batch, pull.hasEmails)
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

function isTold({ mutation, createdAt }: EmailRow, { now }: Batch): boolean {
  return mutation.type !== 'destroyEmails' && now - createdAt > TOLD_AFTER_MS
}

/**
 * Part of a row is confirmed and leaves it, so its Emails must show the word from the base. There the pull has written it,
 * or the server's confirmation itself is written: all words of the batch, since the last one holds. Older words that wait
 * for the pull's end would lie over it, and go with it.
 */
async function settleConfirmed(tx: WriteTx, sent: EmailRow, batch: Batch, isInBase: boolean): Promise<void> {
  const confirmed = new Set(sent.mutation.emailIds.filter((id) => batch.verdicts.get(id) === undefined))
  const rows = (await tx.outbox()).filter(isEmailRow)
  const waiting = rows.filter((row) => row.status === 'sent' && row.seq < sent.seq)
  if (!isInBase) {
    const ofBatch = new Set(batch.rows.map((row) => row.id))
    const words = [...waiting.filter((row) => !ofBatch.has(row.id)), ...batch.rows]
    // A get that left before the confirmation may answer later.
    batch.touches.touch(confirmed)
    for (const id of confirmed) await writeConfirmed(tx, id, words)
  }
  for (const row of waiting) {
    const { emailIds, blobIds } = row.mutation
    const isLeft = (_: unknown, index: number): boolean => !confirmed.has(emailIds[index] as EmailId)
    const mutation = { ...row.mutation, emailIds: emailIds.filter(isLeft), blobIds: blobIds.filter(isLeft) }
    if (mutation.emailIds.length === 0) await tx.deleteOutbox([row.id])
    else if (mutation.emailIds.length < emailIds.length) await tx.putOutbox({ ...row, mutation })
  }
}

async function writeConfirmed(tx: WriteTx, id: EmailId, words: readonly EmailRow[]): Promise<void> {
  const email = await tx.email(id)
  if (!email) return
  let now: Pick<Email, 'keywords' | 'mailboxIds'> = email
  for (const { mutation } of words.filter(({ mutation }) => mutation.emailIds.includes(id))) {
    if (mutation.type === 'destroyEmails') {
      await tx.destroyEmails([id])
      return
    }
    if (mutation.type === 'setKeyword' || mutation.type === 'setMailboxes') now = patched(now, mutation)
  }
  await tx.patchEmail(id, { keywords: now.keywords, mailboxIds: now.mailboxIds })
}

function patched(
  { keywords, mailboxIds }: Pick<Email, 'keywords' | 'mailboxIds'>,
  mutation: SetKeyword | SetMailboxes,
): Pick<Email, 'keywords' | 'mailboxIds'> {
  return mutation.type === 'setKeyword'
    ? { keywords: withKeyword(keywords, mutation.keyword, mutation.value), mailboxIds }
    : { keywords, mailboxIds: withMailboxes(mailboxIds, entriesOf(mutation.mailboxIds)) }
}

/** `notFound` is believed only when no living message has the same blob (B6.5a). */
async function livingId(tx: WriteTx, row: EmailRow, index: number, sentId: EmailId): Promise<EmailId | undefined> {
  const rekeyed = row.mutation.emailIds[index]
  if (rekeyed !== undefined && rekeyed !== sentId) return rekeyed
  // Another message of the same bytes may be a copy, which nobody wanted to lose.
  if (row.mutation.type === 'destroyEmails') return undefined
  const blobId = row.mutation.blobIds[index]
  if (blobId === undefined) return undefined
  return (await tx.emailIdsByBlobId(blobId)).find((id) => id !== sentId)
}
