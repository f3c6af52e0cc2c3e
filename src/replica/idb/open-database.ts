/** Opens one account's database at this build's schema. */
import { openIndexedDb, type OpenEvents } from '../../platform/indexed-db.ts'
import { ReplicaError, type ReplicaErrorKind } from '../replica-error.ts'
import { STORES } from '../storage/schema.ts'
import type { Migration } from './migrations/migrations.ts'

/** `onClosed`: ask for a reload; never reload by itself. */
export type OpenOptions = Omit<OpenEvents, 'onUpgrade'>

/** The number of migrations: their code is fetched where there is something to migrate. */
const VERSION = 4

export async function openDatabase(
  name: string,
  options: OpenOptions = {},
  migrations?: readonly Migration[],
): Promise<IDBDatabase> {
  let isOld = false as boolean
  try {
    return await openIndexedDb(name, migrations?.length ?? VERSION, {
      ...options,
      onUpgrade: (database, transaction, from) => {
        if (migrations) for (const migrate of migrations.slice(from)) migrate(database, transaction)
        else if (from === 0) createStores(database)
        else {
          isOld = true
          transaction.abort()
        }
      },
    })
  } catch (error) {
    if (!isOld) throw toReplicaError(error)
    const { MIGRATIONS } = await import('./migrations/migrations.ts')
    return openDatabase(name, options, MIGRATIONS)
  }
}

function createStores(database: IDBDatabase): void {
  for (const [name, { keyPath = null, autoIncrement = false, indexes = [] }] of Object.entries(STORES)) {
    const store = database.createObjectStore(name, { keyPath, autoIncrement })
    for (const index of indexes) store.createIndex(index, index)
  }
}

const KINDS: Readonly<Partial<Record<string, ReplicaErrorKind>>> = {
  VersionError: 'newer',
  InvalidStateError: 'closed',
  QuotaExceededError: 'quota',
  AbortError: 'storage',
  UnknownError: 'storage',
  SecurityError: 'storage',
  NotFoundError: 'storage',
  // The file that holds a large row is gone.
  DataError: 'corrupt',
  NotReadableError: 'corrupt',
}

/** What IndexedDB's exceptions mean for the caller; anything that is not one of them passes as it is. */
export function toReplicaError(error: unknown): unknown {
  const kind = error instanceof DOMException ? KINDS[error.name] : undefined
  return kind ? new ReplicaError(kind, error) : error
}
