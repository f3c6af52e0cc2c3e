/** A list that is pulled down at its top asks for new mail: how far it gives, and when what was asked for is here. Pure. */
import type { AccountStatus } from '../../../sync/engine-port.ts'

/** Until a finger that goes down is a pull. */
const SLOP = 12
/** It gives less than the finger goes, and this far at most. */
const GIVES = 0.5
const MOST = 80
/** Past this it asks, and waits there. */
export const ASKS_PAST = 56

/** Whether a finger that was put down at the top of a list pulls it; undefined until that can be told. */
export function isPull(dx: number, dy: number): boolean | undefined {
  if (Math.abs(dx) < SLOP && Math.abs(dy) < SLOP) return undefined
  return dy >= SLOP && dy > Math.abs(dx)
}

/** How far the sign comes down under a finger that has gone so far. */
export function pulledBy(dy: number): number {
  return Math.max(0, Math.min(MOST, (dy - SLOP) * GIVES))
}

/** What is known of the account since the list was pulled. */
export interface Asked {
  readonly before: AccountStatus
  /** It was told that something is going on. */
  readonly hasBegun: boolean
  readonly waitedMs: number
}

/** The engine says nothing where it is as far away as before: then the server had its time to answer. */
const AWAY_MS = 4000
/** A worker that has not begun by then will not for this. */
const LOST_MS = 15_000

/** The answer is here, or known not to come: by what the engine says, not by how long it took. */
export function isAnswered({ before, hasBegun, waitedMs }: Asked, now: AccountStatus): boolean {
  const { phase } = now
  if (phase === 'offline' || phase === 'error') return phase !== before.phase || hasBegun || waitedMs >= AWAY_MS
  if (phase !== 'ready') return false
  return now.syncedAt !== before.syncedAt || waitedMs >= LOST_MS
}
