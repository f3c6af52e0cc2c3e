/** The pull: what changed at the server since our tokens, collected whole, then written in one transaction. */
import type { JmapResponse } from '../jmap/client.ts'
import { loadCode } from '../jmap/load-code.ts'
import type { Invocation } from '../jmap/types.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext, Tokens } from './account-context.ts'
import type { AppliedChanges } from './apply-changes.ts'
import { noteArrivals } from './arrivals.ts'
import { CollectedChanges } from './collected-changes.ts'
import { BULK_PAGE, changesCall, deltaCalls, PULLED_TYPES, type PulledType } from './delta-calls.ts'

/** Beyond this many ids a pull writes what it has, with the intermediate state those rows belong to, and goes on. */
const MAX_COLLECTED = 2_000

/** Pages after the first carry no gets, so they may be longer (L3). */
const PLAIN_PAGE = 1_000

/** What the outbox wants done in the pull's transaction, after the rows are written. */
type PushedRows = (tx: WriteTx, pull: Pulled) => Promise<void>

interface Pulled {
  readonly isComplete: boolean
  /** Emails are as the server has them, whatever became of the rest. */
  readonly hasEmails: boolean
}

export interface PullOutcome extends AppliedChanges {
  /** The request that carried the first /changes, and whatever was sent before them. */
  readonly response: JmapResponse
  /** Types whose token the server no longer understands, or that lied (R2, R3). */
  readonly failed: readonly PulledType[]
  /** False: there is more, pull again. */
  readonly isComplete: boolean
}

export interface PullOptions {
  /** Calls sent ahead in the same request: the outbox's /set. */
  readonly before?: readonly Invocation[]
  /** Settles outbox rows inside the pull's transaction. */
  readonly settle?: (response: JmapResponse) => PushedRows
  /** Thousands of changes of our own are to come: they are asked for in as few requests as the server allows. */
  readonly isBulk?: boolean
}

export async function pullChanges(ctx: AccountContext, options: PullOptions = {}): Promise<PullOutcome> {
  const tokens = await ctx.tokens()
  const pull = ctx.vouching.didStart()
  const priority = options.before ? 'visible' : 'background'
  const response = await ctx.request([...(options.before ?? []), ...deltaCalls(ctx, tokens, options.isBulk)], priority)
  const collected = PULLED_TYPES.flatMap((type) => {
    const from = tokens[type]
    return from === undefined ? [] : [new CollectedChanges(type, from)]
  })
  for (const changes of collected) changes.absorb(response, !options.isBulk || changes.type === 'Mailbox')
  await readOn(ctx, collected, options.isBulk ? BULK_PAGE : PLAIN_PAGE)

  const intact = collected.filter((changes) => changes.failed === undefined)
  const failed = collected.filter((changes) => changes.failed !== undefined)
  for (const changes of failed) ctx.deps.log.info(`${changes.type}/changes failed`, changes.failed)
  const isComplete = failed.length === 0 && intact.every((changes) => !changes.hasMore)
  // Before anything is looked up: a get that was under way must not write these ids any more.
  ctx.touches.touch(intact.flatMap((changes) => [...changes.created, ...changes.updated, ...changes.destroyed]))
  const pushed = options.settle?.(response)
  const finish = async (tx: WriteTx): Promise<void> => {
    for (const changes of intact) tx.setState(changes.type, changes.to)
    const hasEmails = intact.some((changes) => changes.type === 'Email' && !changes.hasMore)
    await pushed?.(tx, { isComplete, hasEmails })
    // Of what a server has forgotten nobody says which is new.
    if (failed.length > 0 || intact.some(({ type, created }) => type === 'Email' && created.size > 0))
      await noteArrivals(tx)
    if (!isComplete) return
    tx.setSyncedAt(ctx.deps.clock.now())
    await forgetSentBefore(tx, response.sequence)
  }
  const isQuiet = intact.every((changes) => changes.size === 0)
  const applied = isQuiet ? await noteQuiet(ctx, intact, finish) : await writeChanges(ctx, intact, finish)
  if (isComplete) ctx.vouching.didComplete(pull)
  return { ...applied, response, failed: failed.map((changes) => changes.type), isComplete }
}

const NOTHING: AppliedChanges = { hasCreated: false, hasChanged: false, skipped: [], staleLists: [] }

/** Nothing happened at the server: tokens and the time are written, as with any pull. */
async function noteQuiet(
  ctx: AccountContext,
  types: readonly CollectedChanges[],
  finish: (tx: WriteTx) => Promise<void>,
): Promise<AppliedChanges> {
  const guard: Tokens = Object.fromEntries(types.map((type) => [type.type, type.from]))
  await ctx.write(guard, finish)
  return NOTHING
}

/** The code for it comes with the first pull that brings something. */
async function writeChanges(
  ...args: Parameters<typeof import('./write-changes.ts').writeChanges>
): Promise<AppliedChanges> {
  const code = await loadCode(() => import('./write-changes.ts'))
  return code.writeChanges(...args)
}

/**
 * B6.4: rows the server confirmed go with the first complete pull that started after the confirmation. `sequence` is that
 * of the pull's first request.
 */
async function forgetSentBefore(tx: WriteTx, sequence: JmapResponse['sequence']): Promise<void> {
  const done = (await tx.outbox()).filter((row) => row.status === 'sent' && (row.sentSequence ?? 0) < sequence)
  if (done.length > 0) await tx.deleteOutbox(done.map((row) => row.id))
}

/** R2: pages until there is no more. A state in the middle is stored only with the rows that lead to it. */
async function readOn(ctx: AccountContext, collected: readonly CollectedChanges[], page: number): Promise<void> {
  for (;;) {
    const open = collected.filter(
      (changes) => changes.hasMore && changes.failed === undefined && changes.size < MAX_COLLECTED,
    )
    if (open.length === 0) return
    const response = await ctx.request(open.map((changes) => changesCall(ctx, changes.type, changes.to, page)))
    for (const changes of open) changes.absorb(response, false)
  }
}
