/** Registers the worker that keeps the shell, so that Postern opens without a network. */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'

export const serviceWorkerUrl = `${basePath}/sw.js`

/** After the first rows had their turn: the shell is fetched again for keeping, and that can wait. */
const DELAY_MS = 3000
/** Then the files that no kept mail needs to be read. */
const REST_MS = 30_000

export function registerServiceWorker(
  window: Window,
  clock: Clock,
  scriptUrl: (url: string) => string,
  log: Logger,
): void {
  const { serviceWorker } = window.navigator
  // The dev server has no built worker to register.
  if (!import.meta.env.PROD || !('serviceWorker' in window.navigator)) return
  clock.after(REST_MS, () => {
    void serviceWorker.ready.then(({ active }) => active?.postMessage({ type: 'keepRest' }))
  })
  clock.after(DELAY_MS, () => {
    serviceWorker.register(scriptUrl(serviceWorkerUrl), { updateViaCache: 'none' }).catch((error: unknown) => {
      log.error('the service worker was not registered', error)
    })
  })
}
