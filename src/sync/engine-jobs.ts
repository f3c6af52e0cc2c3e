/** What one engine does in its lane, and how important each of it is. */
export type Job = 'begin' | 'inbox' | 'push' | 'pull' | 'reask' | 'identities' | 'prefetch' | 'backfill' | 'settings'
/** The order of importance: what the reader did, what is new, what may be wrong, what may be wanted. */
export const ORDER: readonly Job[] = [
  'begin',
  'inbox',
  'push',
  'pull',
  'reask',
  'identities',
  'prefetch',
  'backfill',
  'settings',
]
/** While one of these is pending the account is not `ready`. */
export const AWAITED: readonly Job[] = ['begin', 'inbox', 'push', 'pull', 'reask', 'prefetch']
/** Without these the account still works: a server that refuses one of them is not an error to show. */
export const OPTIONAL: readonly Job[] = ['inbox', 'reask', 'identities', 'prefetch', 'backfill']
