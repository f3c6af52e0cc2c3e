/** Parts that are not in the first script, each a chunk that comes when it is asked for. */
import { Lazy } from '../shared/lazy.svelte.ts'

export type Later = Lazy<typeof import('./later-parts.ts')>
export type Resting = Lazy<typeof import('./resting-parts.ts')>

export function laterParts(): Later {
  return new Lazy(() => import('./later-parts.ts'))
}

export function restingParts(): Resting {
  return new Lazy(() => import('./resting-parts.ts'))
}
