/** What a finger on a row means: a swipe, or none; and where a row goes when it is let go (design, SwipeRow). Pure. */

/** How far a finger goes before it is a swipe; the row follows from there. */
export const SLOP = 12
/** This strip belongs to the system's own gesture for going back. */
const EDGE = 24
const STEEPEST = 1.7
/** Of the action that shows: a row that is let go past so much of it rests open. */
const RESTS_PAST = 0.4
/** Of the row's width. */
const COMMITS_PAST = 0.55
/** Pixels a millisecond. */
const FLICK = 0.6
/** How far back the speed of a finger is looked for: one that has stopped is slow, however it came there. */
const LATELY_MS = 100

export interface Sample {
  readonly x: number
  /** Milliseconds, on any clock. */
  readonly at: number
}

/** Whether a swipe may begin here at all. */
export function isAwayFromEdges(x: number, screenWidth: number): boolean {
  return x >= EDGE && x <= screenWidth - EDGE
}

/** What a finger that was put down there and is here now does. It is decided once for each touch. */
export function meaningOf(dx: number, dy: number): 'swipe' | 'other' | undefined {
  const [along, across] = [Math.abs(dx), Math.abs(dy)]
  if (along < SLOP && across < SLOP) return undefined
  return along >= SLOP && along > STEEPEST * across ? 'swipe' : 'other'
}

/** Pixels a millisecond, with the sign of its direction. */
export function speedOf(samples: readonly Sample[], now: number): number {
  const lately = samples.filter(({ at }) => now - at <= LATELY_MS)
  const [first, last] = [lately[0], lately.at(-1)]
  if (!first || !last || last.at <= first.at) return 0
  return (last.x - first.x) / (last.at - first.at)
}

export interface Release {
  /** How far the row is out of its place, with the sign of its direction. */
  readonly offset: number
  readonly speed: number
  readonly width: number
  readonly actionWidth: number
}

/** `commit`: does it; `rest`: stays open, so that the action can be pressed; `back`: nothing was meant. */
export function releaseOf({ offset, speed, width, actionWidth }: Release): 'commit' | 'rest' | 'back' {
  const isSameWay = speed * offset > 0
  if (speed !== 0 && !isSameWay && Math.abs(speed) > FLICK) return 'back'
  if (Math.abs(offset) > COMMITS_PAST * width) return 'commit'
  if (offset !== 0 && isSameWay && Math.abs(speed) > FLICK) return 'commit'
  return Math.abs(offset) > RESTS_PAST * actionWidth ? 'rest' : 'back'
}
