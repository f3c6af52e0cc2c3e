/** Registers the worker that keeps the shell, so that Postern opens without a network. */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Announce } from '../state/contexts.ts'

export const serviceWorkerUrl = `${basePath}/sw.js`

/** After what is fetched then, which is kept from the browser's own cache. */
const DELAY_MS = 3000
/** Then what looks after it; and where nobody said that the page has settled, as while signing in, it is kept from then on. */
const UPKEEP_MS = 15_000

export interface KeepDeps {
  readonly clock: Clock
  readonly scriptUrl: (url: string) => string
  readonly announce: Announce
  readonly log: Logger
}

/**
 * Keeping the shell fetches what no row and no letter waits for. The returned function says that there is time for it:
 * everything is there, or the reader begins to act, which must go on without a network.
 */
export function keepShell(window: Window, { clock, scriptUrl, announce, log }: KeepDeps): () => void {
  // The dev server has no built worker to register.
  if (!import.meta.env.PROD || !('serviceWorker' in window.navigator)) return () => undefined
  const { serviceWorker } = window.navigator
  const register = (): void => {
    serviceWorker.register(scriptUrl(serviceWorkerUrl), { updateViaCache: 'none' }).catch((error: unknown) => {
      log.error('no service worker', error)
    })
  }
  clock.after(UPKEEP_MS, () => {
    register()
    // What does not arrive is asked for by the next start.
    void import('./shell-upkeep.ts').then(
      ({ keepShell: followShell }) => {
        followShell({ window, clock, announce })
      },
      () => undefined,
    )
  })
  return () => {
    clock.after(DELAY_MS, register)
  }
}
