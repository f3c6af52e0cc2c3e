/**
 * Empties a mailbox, one chunk a request: each destroys what the one before has found, and asks for what is left, so that
 * N messages take N / chunk + 1 requests and a pull of pages of thousands. A message that another mailbox holds as well
 * only leaves (`mutations/erase-emails.ts`). The row stays queued all the while: whoever discards it stops it, and
 * another leader goes on.
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { EmailId, Invocation, MailboxId } from '../jmap/types.ts'
import { isKnownMutation, type EmptyMailbox, type OutboxRow } from '../mutations/mutation.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { classifySetError } from './classify-set-error.ts'
import { joined } from './joined-pulls.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import type { PushOutcome } from './push-outbox.ts'
import { idsIn, listIn } from './read-results.ts'

/** Answers in a row that did nothing. */
const IDLE = 3

/** Chunks between two pulls: what is new meanwhile does not wait for the end. */
const PULL_EVERY = 10

interface Chunk {
  readonly destroy: readonly EmailId[]
  readonly update: Readonly<Record<EmailId, Record<string, null>>>
}

/** Runs in the lane, before rows are claimed. Undefined: it is nobody's turn to be emptied. */
export async function emptyMailbox(ctx: AccountContext): Promise<PushOutcome | undefined> {
  const row = (await ctx.replica.outbox())
    .filter((each) => each.status === 'queued' && isKnownMutation(each.mutation))
    .sort((a, b) => a.seq - b.seq)[0]
  if (row?.mutation.type !== 'emptyMailbox') return undefined
  const { mutation } = row
  const last = await lastPlaces(ctx)
  let chunk: Chunk | undefined
  let step: Step
  let idle = 0
  const pulls: PullOutcome[] = []
  let chunks = 0
  do {
    if (chunks > 0 && chunks % PULL_EVERY === 0) pulls.push(await pullAfter(ctx, row.id, false))
    chunks += 1
    const response = await ctx.request(
      [...(chunk ? [setCall(ctx, chunk)] : []), ...lookCalls(ctx, mutation)],
      'background',
    )
    const progress = readProgress(response, chunk)
    idle = chunk && progress.count === 0 ? idle + 1 : 0
    chunk = readNext(response, mutation.mailboxId, last)
    step = await ctx.write({}, (tx) => note(tx, row, progress, chunk))
    // All of it is gone already, though the server's index goes on naming it.
  } while (step === 'goOn' && idle < IDLE)
  const hasRetry = step === 'retry'
  const isOver = step === 'done' || step === 'goOn'
  let pull: PullOutcome
  do {
    pull = await pullAfter(ctx, row.id, isOver)
    pulls.push(pull)
  } while (!pull.isComplete && pull.failed.length === 0)
  return { pull: joined(pulls), hasRetry }
}

/** What is gone leaves the base, and only then the row that hides it. */
function pullAfter(ctx: AccountContext, rowId: string, isOver: boolean): Promise<PullOutcome> {
  return pullChanges(ctx, {
    isBulk: true,
    settle:
      (response) =>
      async (tx, { isComplete }) => {
        const now = (await tx.outbox()).find(({ id }) => id === rowId)
        if (!isOver || !now) return
        if (isComplete) await tx.deleteOutbox([now.id])
        else await tx.putOutbox({ ...now, status: 'sent', sentSequence: response.sequence })
      },
  })
}

/** As `isPassedOver`, whose chunk is the page's and cannot be loaded here. */
const LAST_ROLES: ReadonlySet<string | null> = new Set(['trash', 'junk'])

async function lastPlaces(ctx: AccountContext): Promise<ReadonlySet<string>> {
  const mailboxes = await ctx.replica.mailboxes()
  return new Set(mailboxes.filter(({ role }) => LAST_ROLES.has(role)).map(({ id }) => id))
}

function setCall(ctx: AccountContext, { destroy, update }: Chunk): Invocation {
  return ctx.call('Email/set', { destroy, update }, 'empty')
}

/** Always from the beginning: what was there is gone. */
function lookCalls(ctx: AccountContext, { mailboxId, before }: EmptyMailbox): Invocation[] {
  const { maxObjectsInGet, maxObjectsInSet } = ctx.deps.client.session.limits
  const limit = Math.max(1, Math.min(maxObjectsInSet, maxObjectsInGet))
  return [
    ctx.call('Email/query', { filter: { inMailbox: mailboxId, before }, limit }, 'left'),
    ctx.call(
      'Email/get',
      { '#ids': { resultOf: 'left', name: 'Email/query', path: '/ids' }, properties: ['id', 'mailboxIds'] },
      'leftIn',
    ),
  ]
}

interface Progress {
  readonly count: number
  /** Why the server did not do it, the first reason that it gave. */
  readonly refusal: string | undefined
}

function readProgress(response: JmapResponse, chunk: Chunk | undefined): Progress {
  if (!chunk) return { count: 0, refusal: undefined }
  const result = response.result('empty')
  if (!result.ok) return { count: 0, refusal: result.type }
  const { updated, notDestroyed, notUpdated } = result.args
  const count = idsIn(result.args, 'destroyed').length + Object.keys((updated as object | null) ?? {}).length
  const errors = Object.values({ ...(notDestroyed as object | null), ...(notUpdated as object | null) })
  const types = errors
    .map((error) => (error as { type?: unknown } | null)?.type)
    .filter((type) => typeof type === 'string')
  return { count, refusal: types.find((type) => type !== 'notFound') }
}

/** Undefined: the server did not say. */
function readNext(response: JmapResponse, mailboxId: MailboxId, last: ReadonlySet<string>): Chunk | undefined {
  const [query, get] = [response.result('left'), response.result('leftIn')]
  if (!query.ok || !get.ok) return undefined
  const destroy: EmailId[] = []
  const update: Record<EmailId, Record<string, null>> = {}
  for (const { id, mailboxIds } of listIn(get.args)) {
    const places = Object.keys((mailboxIds as object | null) ?? {})
    // a server's index may name what has left meanwhile
    if (!places.includes(mailboxId)) continue
    if (places.every((place) => place === mailboxId || last.has(place))) destroy.push(id as EmailId)
    else update[id as EmailId] = { [`mailboxIds/${mailboxId}`]: null }
  }
  return { destroy, update }
}

function isWorth({ destroy, update }: Chunk): boolean {
  return destroy.length > 0 || Object.keys(update).length > 0
}

/** What becomes of the row now. */
type Step = 'goOn' | 'done' | 'retry' | 'stopped'

async function note(tx: WriteTx, row: OutboxRow, progress: Progress, next: Chunk | undefined): Promise<Step> {
  const now = (await tx.outbox()).find(({ id }) => id === row.id)
  // Discarded meanwhile: what is gone is gone, and the rest stays.
  if (now?.mutation.type !== 'emptyMailbox') return 'stopped'
  const { count, refusal } = progress
  const mutation = { ...now.mutation, done: now.mutation.done + count }
  if (next === undefined || (refusal !== undefined && count === 0)) {
    const attempts = now.attempts + 1
    const type = refusal ?? 'serverFail'
    const isPassing = classifySetError(type, attempts) === 'retry'
    await tx.putOutbox({ ...now, mutation, attempts, ...(!isPassing && { status: 'failed', lastError: type }) })
    return isPassing ? 'retry' : 'stopped'
  }
  if (count > 0) await tx.putOutbox({ ...now, mutation, attempts: 0 })
  return isWorth(next) ? 'goOn' : 'done'
}
