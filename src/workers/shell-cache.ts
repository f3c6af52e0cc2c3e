/** The decisions of the service worker as pure functions: what it keeps, what it answers, what it never touches. */

/** What to do with one request. */
export type ShellAnswer = 'shell' | 'kept' | 'network'

/** Cache names begin with this; the version of the build follows. */
export const cachePrefix = 'postern-shell-'

/** These belong to the mail server or to the deployment; the shell must never answer for them. */
const notOurs = ['/jmap', '/api', '/auth', '/.well-known']
const notOursExactly = new Set(['/config.json', '/headers.json', '/reader-open.html', '/parse.html', '/sw.js'])

export interface ShellRequest {
  readonly method: string
  readonly mode: string
  readonly url: string
  readonly origin: string
}

/**
 * A navigation gets the kept shell (the app reads the URL), a kept file comes from its cache, the rest is the
 * network's: mail is kept by the replica and never here.
 */
export function answerFor(request: ShellRequest, files: ReadonlySet<string>): ShellAnswer {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== request.origin) return 'network'
  if (notOurs.some((path) => url.pathname === path || url.pathname.startsWith(path + '/'))) return 'network'
  if (url.pathname !== '/' && files.has(url.pathname)) return 'kept'
  // a chunk of the build before: a page that was open during the update may still ask for it
  if (url.pathname.startsWith('/assets/')) return 'kept'
  if (notOursExactly.has(url.pathname)) return 'network'
  return request.mode === 'navigate' && isRoute(url.pathname) ? 'shell' : 'network'
}

/** A path whose last segment has an extension is a file; ids of mail may hold a dot, so routes are known by `/in/`. */
function isRoute(path: string): boolean {
  return path === '/index.html' || path.startsWith('/in/') || !/\.[a-z0-9]{1,12}$/i.test(path)
}

/** Releases to keep, newest first: the one that starts and the one before it. */
export function releasesToKeep(starting: string, known: readonly string[]): string[] {
  return [starting, ...known.filter((version) => version !== starting)].slice(0, 2)
}

/** The caches of releases that nobody needs any more. Caches of other names are not ours to delete. */
export function cachesToDelete(names: readonly string[], releases: readonly string[]): string[] {
  const kept = new Set(releases.map((version) => cachePrefix + version))
  return names.filter((name) => name.startsWith(cachePrefix) && !kept.has(name))
}
