/** IndexedDB with promises: the little of it that is used here, and nothing of ours besides. */

export interface OpenEvents {
  /** Inside the upgrade transaction; a database that is new comes from version 0. */
  readonly onUpgrade: (database: IDBDatabase, transaction: IDBTransaction, from: number) => void
  /** Another connection keeps this one waiting, and may do so for ever: rejects when this does. */
  readonly onBlocked?: (() => Promise<never>) | undefined
  /** The connection is closed: a newer build, or a deletion, waited for it, or the browser did it (storage cleared). */
  readonly onClosed?: (() => void) | undefined
}

export async function openIndexedDb(name: string, version: number, events: OpenEvents): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version)
  request.onupgradeneeded = ({ oldVersion }) => {
    if (request.transaction) events.onUpgrade(request.result, request.transaction, oldVersion)
  }
  const opened = answer(request)
  const blocked = new Promise<never>((_, reject) => {
    request.onblocked = () => events.onBlocked?.().catch(reject)
  })
  const database = await Promise.race([opened, blocked]).catch((error: unknown) => {
    // Opened too late, it would stand in the way of others.
    void opened.then((late) => late.close()).catch(() => undefined)
    throw error
  })
  database.onversionchange = () => {
    // At once: a suspended or lazy tab would keep the newer build waiting for ever.
    database.close()
    events.onClosed?.()
  }
  database.onclose = () => events.onClosed?.()
  return database
}

/** What was asked for, once it is here. */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException('Failed.', 'UnknownError'))
  })
}

/** Resolves when all of it is stored. */
export function completion(transaction: IDBTransaction): Promise<void> {
  const completed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted.', 'AbortError'))
  })
  // Whoever fails first ends the wait: then nobody awaits this one.
  completed.catch(() => undefined)
  return completed
}
