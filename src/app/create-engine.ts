/** Starts this tab's worker and answers its `EnginePort`, with the page's life wired to it. */
import workerUrl from 'virtual:sync-worker'
import { EngineClient } from './engine-client.ts'
import { LateWorker } from './late-worker.ts'
import { KeptAccounts } from './kept-accounts.ts'
import { replicaOpener } from './open-replica.ts'
import type { PageReplica } from './page-replica.ts'

/** A copy without this list, or a damaged one, has no rows to wait for. */
const NO_ROWS_MS = 800

/** The one worker script; `trusted-types.ts` lets no other through. */
export const syncWorkerUrl: string = workerUrl

/**
 * `scriptUrl` is the Trusted Types policy's. `onOutdated`: a newer build (or a sign-out elsewhere) closed the database
 * under this page: it must be reloaded, by the reader.
 */
export function createEngine(window: Window, scriptUrl: (url: string) => string, onOutdated: () => void): EngineClient {
  const { document } = window
  const onerror = ({ message }: ErrorEvent): void => {
    // Without a message it is the script, or a part of it, that did not arrive: as one of the page's own (start-check.js).
    if (!message) document.scripts[0]?.dispatchEvent(new Event('error'))
  }
  const worker = new LateWorker(() => Object.assign(new Worker(scriptUrl(workerUrl), { type: 'module' }), { onerror }))
  const kept = new KeptAccounts(storageOf(window))
  const engine = new EngineClient({ worker, kept, openReplica: replicaOpener(onOutdated) })
  const [first] = kept.read()
  if (first) startAfterRows(window, worker, engine.replica(first))
  else worker.start()
  const show = (): void => {
    engine.didPage(document.visibilityState)
  }
  const leave = (): void => {
    engine.didPage('bye')
  }
  window.addEventListener('pagehide', ({ persisted }) => {
    leave()
    if (!persisted || !kept.read()[0]) return
    // Kept aside for "back" (WebKit): what the worker is writing would stop half-way, and hold up whoever opens the
    // database next for as long as the page is kept. A private sign-in alone lives in its worker.
    worker.end()
    window.onpageshow = () => window.location.reload()
  })
  window.addEventListener('pageshow', show)
  document.addEventListener('visibilitychange', show)
  // The page lifecycle's own events (Chromium): a frozen tab lets go of the lock while it still can.
  document.addEventListener('freeze', leave)
  document.addEventListener('resume', show)
  return engine
}

/** After the first rows are painted; if none come, soon; of an empty copy at once. */
function startAfterRows(window: Window, worker: LateWorker, copy: PageReplica): void {
  const observer = new PerformanceObserver((entries) => {
    if (entries.getEntriesByName('postern:rows').length > 0) start()
  })
  const timer = window.setTimeout(() => {
    start()
  }, NO_ROWS_MS)
  const start = (): void => {
    window.clearTimeout(timer)
    observer.disconnect()
    worker.start()
  }
  observer.observe({ type: 'mark' })
  copy.syncedAt().then((ms) => {
    if (ms === undefined) start()
  }, start)
}

export function storageOf(window: Window): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    // Cookies and storage are blocked: the start asks the worker first.
    return undefined
  }
}
