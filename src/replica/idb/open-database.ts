/** Opens one account's database at this build's schema. */
import { openIndexedDb, type OpenEvents } from '../../platform/indexed-db.ts'
import { ReplicaError } from '../replica-error.ts'
import { MIGRATIONS, type Migration } from './migrations/migrations.ts'

/** `onOutdated`: ask for a reload; never reload by itself. */
export type OpenOptions = Omit<OpenEvents, 'onUpgrade'>

export async function openDatabase(
  name: string,
  options: OpenOptions = {},
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<IDBDatabase> {
  try {
    return await openIndexedDb(name, migrations.length, {
      ...options,
      onUpgrade: (database, transaction, from) => {
        for (const migrate of migrations.slice(from)) migrate(database, transaction)
      },
    })
  } catch (error) {
    throw toReplicaError(error)
  }
}

/** What IndexedDB's exceptions mean for the caller; anything that is not one of them passes as it is. */
export function toReplicaError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error
  switch (error.name) {
    case 'VersionError':
      return new ReplicaError('newer', error)
    case 'InvalidStateError':
      return new ReplicaError('closed', error)
    case 'QuotaExceededError':
      return new ReplicaError('quota', error)
    case 'AbortError':
    case 'UnknownError':
    case 'SecurityError':
    case 'NotFoundError':
      return new ReplicaError('storage', error)
    // The file that holds a large row is gone.
    case 'DataError':
    case 'NotReadableError':
      return new ReplicaError('corrupt', error)
    default:
      return error
  }
}
