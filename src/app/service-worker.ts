/** Registers the worker that keeps the shell, so that Postern opens without a network. */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Announce } from '../state/contexts.ts'

export const serviceWorkerUrl = `${basePath}/sw.js`

/** After the first rows had their turn: the shell is fetched again for keeping, and that can wait. */
const DELAY_MS = 3000
/** Then what looks after it. */
const UPKEEP_MS = 15_000

export interface RegisterDeps {
  readonly clock: Clock
  readonly scriptUrl: (url: string) => string
  readonly announce: Announce
  readonly log: Logger
}

export function registerServiceWorker(window: Window, { clock, scriptUrl, announce, log }: RegisterDeps): void {
  // The dev server has no built worker to register.
  if (!import.meta.env.PROD || !('serviceWorker' in window.navigator)) return
  const { serviceWorker } = window.navigator
  clock.after(DELAY_MS, () => {
    serviceWorker.register(scriptUrl(serviceWorkerUrl), { updateViaCache: 'none' }).catch((error: unknown) => {
      log.error('no service worker', error)
    })
  })
  clock.after(UPKEEP_MS, () => {
    // What does not arrive is asked for by the next start.
    void import('./shell-upkeep.ts').then(
      ({ keepShell }) => {
        keepShell({ window, clock, announce })
      },
      () => undefined,
    )
  })
}
