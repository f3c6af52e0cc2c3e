/// <reference lib="webworker" />
/**
 * Keeps the shell (the built files) so that Postern opens without a network. Responses are kept as they came, with
 * their headers: the policy of a page from the cache is the policy of the server. It keeps no mail and adds no
 * credentials to anything.
 */
import { answerFor, cachePrefix, cachesToDelete, releasesToKeep } from './shell-cache.ts'

declare const __SHELL_FILES__: readonly string[]
/** Files that are kept when a page says that it has time. */
declare const __LATER_FILES__: readonly string[]
declare const __SHELL_VERSION__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const files = new Set([...__SHELL_FILES__, ...__LATER_FILES__])
const current = cachePrefix + __SHELL_VERSION__
/** Which releases are kept, newest first: cache names alone have no order. */
const ledger = 'postern-releases'
const ledgerUrl = '/releases'

worker.addEventListener('install', (event) => {
  event.waitUntil(keep(__SHELL_FILES__))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldReleases().then(() => worker.clients.claim()))
})

// A new build waits until no page of the old one is open; the page may ask for it earlier.
worker.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (typeof data !== 'object' || data === null || !('type' in data)) return
  if (data.type === 'skipWaiting') void worker.skipWaiting()
  // A file that does not come is asked for again by the next page.
  if (data.type === 'keepRest') event.waitUntil(keep(__LATER_FILES__).catch(() => undefined))
})

worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const answer = answerFor({ method, mode, url, origin: worker.location.origin }, files)
  if (answer === 'shell') event.respondWith(kept('/', event.request))
  else if (answer === 'kept') event.respondWith(kept(new URL(url).pathname, event.request))
})

async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(current)
  await Promise.all(
    paths.map(async (path) => {
      if (await cache.match(path)) return
      // hashed names cannot be stale; the others must not come from the HTTP cache
      const response = await fetch(path, {
        cache: path.startsWith('/assets/') ? 'default' : 'no-cache',
        credentials: 'omit',
      })
      if (!response.ok || response.redirected)
        throw new Error(`The shell is incomplete: ${path} answered ${response.status}.`)
      await cache.put(path, response)
    }),
  )
}

async function forgetOldReleases(): Promise<void> {
  const cache = await caches.open(ledger)
  const known = (await (await cache.match(ledgerUrl))?.json()) as string[] | undefined
  const releases = releasesToKeep(__SHELL_VERSION__, known ?? [])
  await cache.put(ledgerUrl, Response.json(releases))
  await Promise.all(cachesToDelete(await caches.keys(), releases).map((name) => caches.delete(name)))
}

/** This release's file, else that of the release before, else the network's. */
async function kept(path: string, request: Request): Promise<Response> {
  const own = await (await caches.open(current)).match(path)
  return own ?? (path === '/' ? undefined : await caches.match(path)) ?? fetch(request)
}
