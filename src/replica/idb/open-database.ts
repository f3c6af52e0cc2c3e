/** Opens one account's database at this build's schema. */
import { openDB, unwrap } from 'idb'
import { ReplicaError } from '../replica-error.ts'
import { MIGRATIONS, type Migration } from './migrations/migrations.ts'

export interface OpenOptions {
  /** A newer build, or a deletion, waits for this connection: it has been closed. Ask for a reload; never reload by itself. */
  readonly onOutdated?: () => void
  /** Another tab's connection keeps this one waiting. */
  readonly onBlocked?: () => void
  /** The browser closed the connection (storage cleared, disk failure). */
  readonly onTerminated?: () => void
}

export async function openDatabase(
  name: string,
  options: OpenOptions = {},
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<IDBDatabase> {
  try {
    const database = await openDB(name, migrations.length, {
      upgrade(upgraded, oldVersion, _newVersion, transaction) {
        for (const migrate of migrations.slice(oldVersion)) migrate(unwrap(upgraded), unwrap(transaction))
      },
      blocked: () => options.onBlocked?.(),
      blocking: (_current, _blocked, event) => {
        // At once: a suspended or lazy tab would keep the newer build waiting for ever.
        ;(event.target as IDBDatabase).close()
        options.onOutdated?.()
      },
      terminated: () => options.onTerminated?.(),
    })
    return unwrap(database)
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
    default:
      return error
  }
}
