/**
 * What the reader does to all that match, loaded or not: empties a mailbox, sets a keyword, moves it. One chunk a
 * request: each changes what the one before has found and asks for what is left, from the beginning, since what was
 * changed matches no more. So N messages take N / chunk + 1 requests, and pulls of pages of thousands. The row stays queued all the while:
 * whoever discards it stops it, and another leader goes on.
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { Invocation } from '../jmap/types.ts'
import { isOnAll, type OnAllMutation, type OutboxRow } from '../mutations/mutation.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { classifySetError } from './classify-set-error.ts'
import { emptyMailbox } from './empty-mailbox.ts'
import { splitCall, type SetCall } from './fold-outbox.ts'
import { joined } from './joined-pulls.ts'
import { pullChanges, type PullOutcome } from './pull-changes.ts'
import type { PushOutcome } from './push-outbox.ts'
import { idsIn } from './read-results.ts'
import { setKeywordOnAll } from './set-keyword-on-all.ts'
import { setMailboxesOnAll } from './set-mailboxes-on-all.ts'

/** Answers in a row that did nothing, or named the same again. */
const IDLE = 3

/** Chunks between two pulls: what is new meanwhile does not wait for the end. */
const PULL_EVERY = 10

/** What is left, and how many it is where the server counted. */
export interface Chunk extends SetCall {
  readonly total?: number
  /** The server named only what is done: its index lags behind. */
  readonly isStale?: boolean
  /** The server named only what is left out: there is more to look at. */
  readonly isPassed?: boolean
}

/** One kind of what can be done to all. */
export interface OnAll {
  /** Asks for the next chunk. */
  look(): Invocation[]
  /** Undefined: the server did not say. */
  next(response: JmapResponse): Chunk | undefined
  /** In the transaction before a chunk is sent. */
  note?(tx: WriteTx, chunk: Chunk): Promise<void>
}

/** What it does is done to all that match. */
export interface OnAllRow extends OutboxRow {
  readonly mutation: OnAllMutation
}

/** Runs in the lane, when it is the turn of this row. */
export async function actOnAll(ctx: AccountContext, row: OnAllRow): Promise<PushOutcome> {
  const { mutation } = row
  const kind = await kindOf(ctx, mutation)
  const pulls: PullOutcome[] = []
  let chunk: Chunk | undefined
  let step: Step
  let idle = 0
  let chunks = 0
  do {
    if (chunks > 0 && chunks % PULL_EVERY === 0) pulls.push(await pullAfter(ctx, row.id, false))
    chunks += 1
    const parts = chunk ? splitCall(chunk, Math.max(1, ctx.deps.client.session.limits.maxObjectsInSet)) : []
    const sets = parts.map((part, index) => ctx.call('Email/set', { ...part }, setId(index)))
    const look = kind.look()
    const response = await ctx.request([...sets, ...look], 'background')
    const next = kind.next(response)
    const progress = { ...readProgress(response, sets.length), ...(!next && { unsaid: whyUnsaid(response, look) }) }
    if (!chunk?.isPassed) idle = chunk && (progress.count === 0 || isSame(chunk, next)) ? idle + 1 : 0
    chunk = next
    // Before it is sent: what a power cut took of the note could never be taken back.
    step = await ctx.write({}, (tx) => settle(tx, row, progress, chunk, kind), kind.note && 'strict')
    // All of it is done already, though the server's index goes on naming it.
  } while (step === 'goOn' && idle < IDLE)
  const isOver = step === 'done' || step === 'goOn'
  let pull: PullOutcome
  do {
    pull = await pullAfter(ctx, row.id, isOver)
    pulls.push(pull)
  } while (!pull.isComplete && pull.failed.length === 0)
  return { pull: joined(pulls), hasRetry: step === 'retry' }
}

async function kindOf(ctx: AccountContext, mutation: OnAllMutation): Promise<OnAll> {
  switch (mutation.type) {
    case 'emptyMailbox':
      return emptyMailbox(ctx, mutation)
    case 'setKeywordOnAll':
      return setKeywordOnAll(ctx, mutation)
    case 'setMailboxesOnAll':
      return setMailboxesOnAll(ctx, mutation)
  }
}

function setId(index: number): string {
  return `all.${String(index)}`
}

function isSame(a: SetCall, b: SetCall | undefined): boolean {
  return String(namesIn(a)) === String(b && namesIn(b))
}

function namesIn({ update, destroy }: SetCall): readonly string[] {
  return [...Object.keys(update), ...destroy]
}

/** What has changed is in the base, and only then the row that shows it leaves. */
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

interface Progress {
  readonly count: number
  /** Why the server did not do it, the first reason that it gave. */
  readonly refusal: string | undefined
  /** Why it did not say what is left. */
  readonly unsaid?: string
}

function whyUnsaid(response: JmapResponse, look: readonly Invocation[]): string {
  const results = look.map(([, , callId]) => response.result(callId))
  return results.find((result) => !result.ok)?.type ?? 'serverFail'
}

function readProgress(response: JmapResponse, sets: number): Progress {
  let count = 0
  const types: string[] = []
  for (let index = 0; index < sets; index += 1) {
    const result = response.result(setId(index))
    if (!result.ok) {
      types.push(result.type)
      continue
    }
    const { updated, notDestroyed, notUpdated } = result.args
    count += idsIn(result.args, 'destroyed').length + Object.keys((updated as object | null) ?? {}).length
    const errors = Object.values({ ...(notDestroyed as object | null), ...(notUpdated as object | null) })
    for (const error of errors as ({ type?: unknown } | null)[])
      if (typeof error?.type === 'string') types.push(error.type)
  }
  return { count, refusal: types.find((type) => type !== 'notFound') }
}

export function isOnAllRow(row: OutboxRow): row is OnAllRow {
  return isOnAll(row.mutation)
}

/** What becomes of the row now. */
type Step = 'goOn' | 'done' | 'retry' | 'stopped'

async function settle(
  tx: WriteTx,
  row: OutboxRow,
  { count, refusal, unsaid }: Progress,
  next: Chunk | undefined,
  kind: OnAll,
): Promise<Step> {
  const now = (await tx.outbox()).find(({ id }) => id === row.id)
  // Discarded meanwhile: what is done is done, and the rest stays.
  if (!now || !isOnAll(now.mutation)) return 'stopped'
  const done = now.mutation.done + count
  const total = next?.total === undefined ? now.mutation.total : done + next.total
  const mutation = { ...now.mutation, done, total }
  if (next === undefined || (refusal !== undefined && count === 0)) {
    const attempts = now.attempts + 1
    const type = unsaid ?? refusal ?? 'serverFail'
    const isPassing = classifySetError(type, attempts) === 'retry'
    await tx.putOutbox({ ...now, mutation, attempts, ...(!isPassing && { status: 'failed', lastError: type }) })
    return isPassing ? 'retry' : 'stopped'
  }
  if (count > 0 || total !== now.mutation.total) await tx.putOutbox({ ...now, mutation, attempts: 0 })
  if (namesIn(next).length === 0 && !next.isStale && !next.isPassed) return 'done'
  await kind.note?.(tx, next)
  return 'goOn'
}
