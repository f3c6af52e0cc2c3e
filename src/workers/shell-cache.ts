/** The decisions of the service worker as pure functions: what it keeps, what it answers, what it never touches. */

/** What to do with one request. */
export type ShellAnswer = 'shell' | 'kept' | 'network'

/** Cache names begin with this; the version of the build follows. */
export const cachePrefix = 'postern-shell-'

/** These belong to the mail server or to the deployment; the shell must never answer for them. */
const notOurs = ['/jmap', '/api', '/auth', '/.well-known']
const notOursExactly = new Set(['/config.json', '/headers.json', '/reader-open.html', '/parse.html', '/sw.js'])

/** Releases that are kept for tabs which were opened under them. */
const RELEASES_WITH_TABS = 5
const RELEASES = 2

export interface ShellRequest {
  readonly method: string
  readonly mode: string
  readonly url: string
  /** The address that the worker is registered for: the app may live below the root of its host. */
  readonly scope: string
}

/** The path below the scope, with a slash at its head; undefined for what lies elsewhere. */
export function pathIn(scope: string, url: string): string | undefined {
  const { origin, pathname } = new URL(url)
  const base = new URL(scope)
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined
  return pathname.slice(base.pathname.length - 1)
}

/**
 * A navigation gets the kept shell (the app reads the URL), a kept file comes from its cache, the rest is the
 * network's: mail is kept by the replica and never here.
 */
export function answerFor(request: ShellRequest, files: ReadonlySet<string>): ShellAnswer {
  const path = pathIn(request.scope, request.url)
  if (request.method !== 'GET' || path === undefined) return 'network'
  if (notOurs.some((one) => path === one || path.startsWith(one + '/'))) return 'network'
  if (path !== '/' && files.has(path)) return 'kept'
  // a chunk of the build before: a page that was open during the update may still ask for it
  if (path.startsWith('/assets/')) return 'kept'
  if (notOursExactly.has(path)) return 'network'
  return request.mode === 'navigate' && isRoute(path) ? 'shell' : 'network'
}

/** A path whose last segment has an extension is a file; ids of mail may hold a dot, so routes are known by `/in/`. */
function isRoute(path: string): boolean {
  return path === '/index.html' || path.startsWith('/in/') || !/\.[a-z0-9]{1,12}$/i.test(path)
}

/**
 * Whether an answer of this type can be that file. The sign-in page of a network, and servers that answer every path
 * with the app, say 200 and send HTML: kept in a script's place it would be there without a network, too.
 */
export function isOfType(path: string, contentType: string | null): boolean {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (path.endsWith('/') || path.endsWith('.html')) return type === 'text/html'
  if (path.endsWith('.js')) return /^(?:text|application)\/(?:x-)?javascript$/.test(type)
  if (path.endsWith('.css')) return type === 'text/css'
  return type !== 'text/html'
}

/**
 * Releases to keep, newest first: the one that starts and the one before it; more while several tabs are open, of which
 * nobody knows which release each of them runs.
 */
export function releasesToKeep(starting: string, known: readonly string[], tabs: number): string[] {
  const all = [starting, ...known.filter((version) => version !== starting)]
  return all.slice(0, tabs > 1 ? RELEASES_WITH_TABS : RELEASES)
}

/** The caches of releases that nobody needs any more. Caches of other names are not ours to delete. */
export function cachesToDelete(names: readonly string[], releases: readonly string[]): string[] {
  const kept = new Set(releases.map((version) => cachePrefix + version))
  return names.filter((name) => name.startsWith(cachePrefix) && !kept.has(name))
}
