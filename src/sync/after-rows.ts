/** The engine's work that no first row waits for. It is loaded as one piece, once the first rows are there. */
import { loadCode } from '../jmap/load-code.ts'

export { fetchBodies } from './bodies.ts'
export { EngineWork } from './engine-work.ts'
export { fetchThread, fetchTotal } from './single-fetches.ts'

/** What lies below the horizon: fetched when a reader first gets there. */
export const loadWindows = (): Promise<typeof import('./windows.ts')> => loadCode(() => import('./windows.ts'))

/** Fetched with the first link that is opened cold. */
export const loadFetchEmail = (): Promise<typeof import('./fetch-email.ts')> =>
  loadCode(() => import('./fetch-email.ts'))

/** Fetched with the first search. */
export const loadSearch = (): Promise<typeof import('./search.ts')> => loadCode(() => import('./search.ts'))
