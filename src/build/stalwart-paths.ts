/**
 * What belongs to Stalwart on a host that it shares with the page (stalwart.md §2.3). README's lines for Caddy and nginx
 * and the routes of deploy/traefik are held to this by tests/deploy.
 */

/** These, and everything below them. */
const trees = [
  '.well-known',
  'account',
  'admin',
  'api',
  'auth',
  'dav',
  'device',
  'form',
  'healthz',
  'jmap',
  'login',
  'logo',
  'metrics',
]
/** These alone. */
const leaves = ['calendar/rsvp', 'mail/config-v1.1.xml', 'robots.txt']

const literal = (path: string): string => path.replaceAll('.', '\\.')

/** The one pattern that proxies route by; every regular expression dialect in question reads it. */
export const stalwartPaths = `^/(?:(?:${trees.map(literal).join('|')}|[Aa]uto[Dd]iscover)(?:/|$)|(?:${leaves.map(literal).join('|')})$)`

/**
 * Of them, what a proxy packs: the session and the answers of JMAP. Neither downloads nor the event stream, whose head
 * Caddy's `encode` holds back until the first event.
 */
export const packedPaths = String.raw`^/jmap(?:/|/session)?$`
