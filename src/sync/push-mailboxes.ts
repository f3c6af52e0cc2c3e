/**
 * Sends what was done to mailboxes: one row a request, in the order in which it was done, since a name is free or taken
 * by what came before. Each may arrive twice. A mailbox whose answer was lost is found by its name, which no server gives
 * to two of one parent (RFC 8621 §2); what is set again is set, and what is deleted again is gone.
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { Invocation, MailboxId } from '../jmap/types.ts'
import { findCreated } from '../mutations/create-mailbox.ts'
import type { CreateMailbox, MailboxMutation, OutboxRow } from '../mutations/mutation.ts'
import { noteGone, noteStanding } from '../replica/made-ids.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { adopt, adoptFound, confirmed, isCreation, type MailboxRow } from './adopt-mailboxes.ts'
import { classifySetError } from './classify-set-error.ts'
import { moveMailOut } from './move-mail-out.ts'
import { failOrphans } from './orphaned-rows.ts'
import { requeue } from './outbox-claims.ts'
import { pullChanges } from './pull-changes.ts'
import type { PushOutcome } from './push-outbox.ts'
import { idsIn } from './read-results.ts'
import { errorType, ownOf } from './read-verdicts.ts'
import { Conflict, Deposed, Stopped } from './sync-errors.ts'

interface Pulled {
  readonly isComplete: boolean
  readonly sequence: number
}

const CALL = 'mailbox'

/** Runs in the lane, when it is the turn of this row. Undefined: it was taken back meanwhile. */
export async function pushMailboxes(ctx: AccountContext, head: MailboxRow): Promise<PushOutcome | undefined> {
  const { mutation } = head
  if (mutation.type === 'createMailbox' && head.attempts > 0) {
    const found = await look(ctx, head.id)
    if (found) return found
  }
  if (mutation.type === 'destroyMailbox' && mutation.moveTo !== undefined) {
    const moved = await moveMailOut(ctx, head, mutation.mailboxId, mutation.moveTo)
    if (moved) return moved
  }
  return send(ctx, head)
}

/** Whether an earlier try has made it after all. */
async function look(ctx: AccountContext, id: string): Promise<PushOutcome | undefined> {
  const seen = { isDone: false }
  const pull = await pullChanges(ctx, {
    before: [],
    settle: () => async (tx) => {
      await adoptFound(tx)
      // or taken back meanwhile
      seen.isDone = !(await tx.outbox()).some((row) => row.id === id)
    },
  })
  // What ends the pull, a sweep perhaps, is less urgent than what the reader did: it has its turn while this waits.
  return seen.isDone || !pull.isComplete ? { pull, hasRetry: !seen.isDone } : undefined
}

async function send(ctx: AccountContext, head: MailboxRow): Promise<PushOutcome | undefined> {
  const claim = async (tx: WriteTx): Promise<MailboxRow | undefined> => {
    if (!(await tx.outbox()).some(({ id, status }) => id === head.id && status === 'queued')) return undefined
    const mutation = await firstSent(tx, head)
    const claimed: MailboxRow = { ...head, mutation, status: 'sending', attempts: head.attempts + 1 }
    await tx.putOutbox(claimed)
    return claimed
  }
  // For good: after a power cut one that was sent would seem never to have left, and be taken back by forgetting it.
  const row = await ctx.write({}, claim, isCreation(head) ? 'strict' : undefined)
  // taken back meanwhile
  if (!row) return undefined
  let isQueued = false
  try {
    const pull = await pullChanges(ctx, {
      before: [callOf(ctx, row.mutation)],
      settle:
        (response) =>
        async (tx, { isComplete }) => {
          isQueued = await settle(tx, row, { response, isComplete })
        },
    })
    return { pull, hasRetry: isQueued }
  } catch (error) {
    // A stopped engine leaves it to the next leader.
    if (!(error instanceof Stopped || error instanceof Deposed)) await requeue(ctx, [row])
    if (error instanceof Conflict) return undefined
    throw error
  }
}

/** What is here already, and may have the asked name at the server by a rename that is not heard of yet, is not what it makes. */
async function firstSent(tx: WriteTx, row: MailboxRow): Promise<MailboxMutation> {
  if (!isCreation(row) || row.attempts > 0) return row.mutation
  return { ...row.mutation, known: (await tx.mailboxes()).map(({ id }) => id) }
}

function callOf(ctx: AccountContext, mutation: MailboxMutation): Invocation {
  switch (mutation.type) {
    case 'createMailbox': {
      const { name, parentId } = mutation.mailbox
      return ctx.call('Mailbox/set', { create: { made: { name, parentId, isSubscribed: true } } }, CALL)
    }
    case 'setMailbox':
      return ctx.call('Mailbox/set', { update: { [mutation.mailboxId]: mutation.patch } }, CALL)
    case 'destroyMailbox': {
      const { mailboxId, onDestroyRemoveEmails } = mutation
      return ctx.call('Mailbox/set', { destroy: [mailboxId], onDestroyRemoveEmails }, CALL)
    }
  }
}

interface Answer {
  readonly response: JmapResponse
  readonly isComplete: boolean
}

/** True: it is to be sent again. */
async function settle(tx: WriteTx, row: MailboxRow, { response, isComplete }: Answer): Promise<boolean> {
  const pulled = { isComplete, sequence: response.sequence }
  const verdict = readVerdict(response, row.mutation)
  if (isCreation(row)) {
    // One that was refused since it is there: by a try whose answer was lost, or by another device just now.
    const id = verdict.madeId ?? findCreated(confirmed(await tx.mailboxes(), await tx.outbox()), row.mutation)?.id
    if (id !== undefined) {
      await finishMade(tx, row, id, pulled)
      return false
    }
  }
  if (verdict.type === undefined) {
    await finish(tx, row, pulled)
    return false
  }
  // Whether it was refused for being there already is not known before a pull has ended: it is looked for once more.
  if (isCreation(row) && !isComplete && row.attempts === 1) {
    await tx.putOutbox({ ...row, status: 'queued' })
    return true
  }
  return refuse(tx, row, verdict.type, pulled)
}

/** `type`: why not; undefined: done. */
function readVerdict(
  response: JmapResponse,
  mutation: MailboxMutation,
): { readonly type?: string; readonly madeId?: MailboxId } {
  const result = response.result(CALL)
  if (!result.ok) return { type: result.type }
  const { args } = result
  const refused = (name: string, key: string): { readonly type: string } => ({
    type: errorType(ownOf(args[name], key)),
  })
  if (mutation.type === 'createMailbox') {
    const { id } = (ownOf(args['created'], 'made') ?? {}) as { id?: unknown }
    return typeof id === 'string' ? { madeId: id as MailboxId } : refused('notCreated', 'made')
  }
  const { mailboxId } = mutation
  if (mutation.type === 'setMailbox')
    return ownOf(args['updated'], mailboxId) !== undefined ? {} : refused('notUpdated', mailboxId)
  return idsIn(args, 'destroyed').includes(mailboxId) ? {} : refused('notDestroyed', mailboxId)
}

/** It is shown until the base has it: without a complete pull that is not known. */
async function finish(tx: WriteTx, row: OutboxRow, { isComplete, sequence }: Pulled): Promise<void> {
  if (isComplete) await tx.deleteOutbox([row.id])
  else await tx.putOutbox({ ...row, status: 'sent', sentSequence: sequence })
}

/** The server has said so; it is shown until the base has it. */
async function finishMade(tx: WriteTx, row: MailboxRow<CreateMailbox>, id: MailboxId, pulled: Pulled): Promise<void> {
  await adopt(tx, row, id)
  const mailbox = { ...row.mutation.mailbox, id }
  await finish(tx, { ...row, mutation: { ...row.mutation, mailbox } }, pulled)
}

async function refuse(tx: WriteTx, row: MailboxRow, type: string, pulled: Pulled): Promise<boolean> {
  const { mutation, attempts } = row
  const verdict = classifySetError(type, attempts)
  const isAwaited = mutation.type === 'destroyMailbox' && mutation.moveTo !== undefined && type === 'mailboxHasEmail'
  if (verdict === 'retry' || (isAwaited && attempts < MOVED_AGAIN)) {
    await tx.putOutbox({ ...row, status: 'queued' })
    return true
  }
  if (type === 'notFound' && mutation.type === 'setMailbox' && mutation.made) return makeAgain(tx, row, pulled)
  if (verdict === 'drop' && mutation.type !== 'createMailbox') {
    await finish(tx, row, pulled)
    return false
  }
  await tx.putOutbox({ ...row, status: 'failed', lastError: type })
  // Whose end was refused stands: it is not to be made again.
  if (mutation.type === 'destroyMailbox') for (const each of await noteStanding(tx.kept)) await tx.putOutbox(each)
  await failOrphans(tx)
  return false
}

/** Others have deleted it. While the base does not say so it would be shown twice. */
async function makeAgain(tx: WriteTx, row: MailboxRow, { isComplete }: Pulled): Promise<boolean> {
  if (!isComplete && row.attempts === 1) await tx.putOutbox({ ...row, status: 'queued' })
  else for (const each of await noteGone(tx.kept, row)) await tx.putOutbox(each)
  return true
}

/** New mail may come between the last look into a mailbox and its end, and an index may be late. */
const MOVED_AGAIN = 5
