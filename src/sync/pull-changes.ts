/** The pull: what changed at the server since our tokens, collected whole, then written in one transaction. */
import type { JmapResponse } from '../jmap/client.ts'
import type { Invocation } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { applyChanges, type AppliedChanges, type PushedRows } from './apply-changes.ts'
import { CollectedChanges } from './collected-changes.ts'
import { changesCall, deltaCalls, PULLED_TYPES, type PulledType } from './delta-calls.ts'
import { completeChanges } from './complete-changes.ts'

/** Beyond this many ids a pull writes what it has, with the intermediate state those rows belong to, and goes on. */
const MAX_COLLECTED = 2_000

/** Pages after the first carry no gets, so they may be longer (L3). */
const PLAIN_PAGE = 1_000

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
}

export async function pullChanges(ctx: AccountContext, options: PullOptions = {}): Promise<PullOutcome> {
  const tokens = await ctx.tokens()
  const pull = ctx.vouching.didStart()
  const priority = options.before ? 'visible' : 'background'
  const response = await ctx.request([...(options.before ?? []), ...deltaCalls(ctx, tokens)], priority)
  const collected = PULLED_TYPES.flatMap((type) => {
    const from = tokens[type]
    return from === undefined ? [] : [new CollectedChanges(type, from)]
  })
  for (const changes of collected) changes.absorb(response, true)
  await readOn(ctx, collected)

  const intact = collected.filter((changes) => changes.failed === undefined)
  const failed = collected.filter((changes) => changes.failed !== undefined)
  for (const changes of failed) ctx.deps.log.info(`${changes.type}/changes failed`, changes.failed)
  const isComplete = failed.length === 0 && intact.every((changes) => !changes.hasMore)
  const completed = await completeChanges(ctx, intact)
  const applied = await applyChanges(ctx, completed, {
    isComplete,
    sequence: response.sequence,
    pushed: options.settle?.(response),
  })
  if (isComplete) ctx.vouching.didComplete(pull)
  return { ...applied, response, failed: failed.map((changes) => changes.type), isComplete }
}

/** R2: pages until there is no more. A state in the middle is stored only with the rows that lead to it. */
async function readOn(ctx: AccountContext, collected: readonly CollectedChanges[]): Promise<void> {
  for (;;) {
    const open = collected.filter(
      (changes) => changes.hasMore && changes.failed === undefined && changes.size < MAX_COLLECTED,
    )
    if (open.length === 0) return
    const response = await ctx.request(open.map((changes) => changesCall(ctx, changes.type, changes.to, PLAIN_PAGE)))
    for (const changes of open) changes.absorb(response, false)
  }
}
