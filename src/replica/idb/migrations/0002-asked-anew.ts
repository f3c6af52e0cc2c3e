/**
 * Rows of before lack what is asked of every message since: where it was sent to, and whether lines of a text may be
 * joined. All that a server can give again is dropped and fetched anew; what the user did, and who leads, stays.
 */
const ASKED_ANEW = [
  'states',
  'mailboxes',
  'emails',
  'threads',
  'bodies',
  'bodyUses',
  'entries',
  'lists',
  'horizons',
] as const

export function askedAnew(_database: IDBDatabase, transaction: IDBTransaction): void {
  for (const name of ASKED_ANEW) transaction.objectStore(name).clear()
  // Nothing is here again until the first sync is done.
  transaction.objectStore('meta').delete('syncedAt')
}
