/// <reference lib="webworker" />
/**
 * Keeps the shell (the built files) so that Postern opens without a network. Responses are kept as they came, with
 * their headers: the policy of a page from the cache is the policy of the server. It keeps no mail. How an
 * administrator retires it: docs/service-worker.md.
 */
import { answerFor, cachePrefix, cachesToDelete, isOfType, pathIn, releasesToKeep } from './shell-cache.ts'

declare const __SHELL_FILES__: readonly string[]
/** Where the list is of the files that are kept when a page says that it has time. */
declare const __LATER_LIST__: string
declare const __SHELL_VERSION__: string
/** The name of the first script, which the page of this build names, and no other page does. */
declare const __SHELL_ENTRY__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const files = new Set(__SHELL_FILES__)
const current = cachePrefix + __SHELL_VERSION__
/**
 * `/releases`: which are kept, newest first, as cache names alone have no order. `/next`: the one that waits. `/open`: the
 * one whose page is opened, which is the waiting one's once a reader asked for it (`app/shell-upkeep.ts`).
 */
const ledger = 'postern-releases'

// What fails here leaves the build before in charge; the files that did come are not asked for again. A first visit has
// better to do than to fetch all; an update has time, and its server may soon have another build's files only.
worker.addEventListener('install', (event) => {
  event.waitUntil(install())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(takeOver())
})

// A new build's worker waits until no page is open. The pages of its build are opened by this one, if their reader asked.
worker.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'keepRest') return
  // A file that does not come is asked for again by the next page.
  event.waitUntil(
    keepLater()
      .then(forgetOldReleases)
      .catch(() => undefined),
  )
})

worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { scope } = worker.registration
  const answer = answerFor({ method, mode, url, scope }, files)
  if (answer === 'shell') event.respondWith(shell(event.request))
  else if (answer === 'kept') event.respondWith(kept(pathIn(scope, url) ?? '', event.request))
})

function addressOf(path: string): string {
  return worker.registration.scope + path.slice(1)
}

async function install(): Promise<void> {
  await keep(__SHELL_FILES__)
  if (worker.registration.active) await keepLater()
  await (await caches.open(ledger)).put('/next', new Response(__SHELL_VERSION__))
}

/** Few at a time: on a slow line, what a reader asks for meanwhile must not wait behind all of them. */
const LANES = 2

async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(current)
  const waiting = [...paths]
  const failed: unknown[] = []
  const lane = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift())
      await keepOne(cache, path).catch((error: unknown) => failed.push(error))
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  if (failed.length > 0) throw failed[0]
}

async function keepOne(cache: Cache, path: string): Promise<void> {
  const url = addressOf(path)
  if (await cache.match(url)) return
  const isHashed = path.startsWith('/assets/')
  // What did not change since the build before is here.
  const before = isHashed ? await caches.match(url) : undefined
  await cache.put(url, before ?? (await fetchFile(path, isHashed)))
}

async function fetchFile(path: string, isHashed: boolean): Promise<Response> {
  const response = await fetch(addressOf(path), {
    // hashed names cannot be stale; the others must not come from the HTTP cache
    cache: isHashed ? 'default' : 'no-cache',
    // as for the page's own scripts: a gate before the host may want its cookie
    credentials: 'same-origin',
    priority: 'low',
  })
  if (!isWhole(path, response)) throw new Error(`The shell is incomplete: ${path} answered ${response.status}.`)
  if (path === '/' && !(await response.clone().text()).includes(__SHELL_ENTRY__))
    throw new Error('The page is of another build.')
  return response
}

function isWhole(path: string, response: Response): boolean {
  return response.ok && !response.redirected && isOfType(path, response.headers.get('content-type'))
}

async function keepLater(): Promise<void> {
  await keep([__LATER_LIST__])
  const list = await (await caches.open(current)).match(addressOf(__LATER_LIST__))
  await keep(((await list?.json()) as string[] | undefined) ?? [])
}

async function takeOver(): Promise<void> {
  const cache = await caches.open(ledger)
  await Promise.all([cache.put('/open', new Response(__SHELL_VERSION__)), forgetOldReleases()])
  await worker.clients.claim()
}

async function forgetOldReleases(): Promise<void> {
  const cache = await caches.open(ledger)
  const known = ((await (await cache.match('/releases'))?.json()) as string[] | undefined) ?? []
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const releases = releasesToKeep(__SHELL_VERSION__, known, tabs.length)
  await cache.put('/releases', Response.json(releases))
  const { installing, waiting } = worker.registration
  // A newer build may be filling a cache of its own, which nothing here knows of yet.
  const names = installing || waiting ? known.map((version) => cachePrefix + version) : await caches.keys()
  await Promise.all(cachesToDelete(names, releases).map((name) => caches.delete(name)))
}

/**
 * The page that opens the app: of the build that waits, once a reader has asked for it. Its worker need not be in charge
 * for that, and browsers may take minutes to let one take over from another that is busy.
 */
async function shell(request: Request): Promise<Response> {
  const [own, release] = await Promise.all([
    caches.open(current).then((cache) => cache.match(addressOf('/'))),
    caches.open(ledger).then(async (cache) => (await cache.match('/open'))?.text()),
  ])
  if (release === undefined || release === __SHELL_VERSION__) return own ?? fetch(request)
  const page = await (await caches.open(cachePrefix + release)).match(addressOf('/'))
  return page ?? own ?? fetch(request)
}

/** This release's file, else that of a release before, else the network's. */
async function kept(path: string, request: Request): Promise<Response> {
  const url = addressOf(path)
  const cache = await caches.open(current)
  const found = (await cache.match(url)) ?? (await caches.match(url))
  if (found) return found
  const response = await fetch(request)
  // A part that is used before the rest was kept.
  // On a full disk it is served all the same.
  if (isWhole(path, response)) await cache.put(url, response.clone()).catch(() => undefined)
  return response
}
