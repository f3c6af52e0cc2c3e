/** Starts this tab's worker and answers its `EnginePort`, with the page's life wired to it. */
import workerUrl from 'virtual:sync-worker'
import { EngineClient } from './engine-client.ts'
import { KeptAccounts } from './kept-accounts.ts'
import { replicaOpener } from './open-replica.ts'

/** The one worker script; `trusted-types.ts` lets no other through. */
export const syncWorkerUrl: string = workerUrl

/**
 * `scriptUrl` is the Trusted Types policy's. `onOutdated`: a newer build (or a sign-out elsewhere) closed the database
 * under this page: it must be reloaded, by the reader.
 */
export function createEngine(window: Window, scriptUrl: (url: string) => string, onOutdated: () => void): EngineClient {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'postern-sync' })
  const engine = new EngineClient({
    worker,
    kept: new KeptAccounts(storageOf(window)),
    openReplica: replicaOpener(onOutdated),
  })
  const { document } = window
  document.addEventListener('visibilitychange', () => {
    engine.didPage(document.visibilityState)
  })
  window.addEventListener('pagehide', () => {
    engine.didPage('bye')
  })
  window.addEventListener('pageshow', () => {
    engine.didPage(document.visibilityState)
  })
  // The page lifecycle's own events (Chromium): a frozen tab lets go of the lock while it still can.
  document.addEventListener('freeze', () => {
    engine.didPage('bye')
  })
  document.addEventListener('resume', () => {
    engine.didPage(document.visibilityState)
  })
  return engine
}

function storageOf(window: Window): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    // Cookies and storage are blocked: the start asks the worker first.
    return undefined
  }
}
