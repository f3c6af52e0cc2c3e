/**
 * Deleting databases of accounts that are signed out. They are empty by then (`wipe`), so this is tidying: a deletion
 * may hang for as long as a stopped tab holds a connection, and nobody waits for it. What a crash left is found again
 * by the browser's own list of names: a list of ours could outlive the next sign-in and delete a replica in use.
 */
import { answer } from '../../platform/indexed-db.ts'
import type { Logger } from '../../platform/logger.ts'
import { loginOfDatabase } from '../database-name.ts'

/** Resolves when it is gone; not to be awaited where someone waits. */
export async function deleteDatabase(name: string, log: Logger): Promise<void> {
  try {
    const request = indexedDB.deleteDatabase(name)
    request.onblocked = () => log.info('a deletion waits')
    await answer(request)
  } catch (error) {
    log.info('a database was not deleted', error)
  }
}

/** At each start. Answers the names it set out to delete. */
export async function retryDeletions(isSignedOut: (login: string) => boolean, log: Logger): Promise<readonly string[]> {
  // Firefox before 126 has no `databases`: there an emptied database stays until the browser drops it.
  if (typeof (indexedDB as Partial<IDBFactory>).databases !== 'function') return []
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
  const dead = names.filter((name) => {
    const login = loginOfDatabase(name)
    return login !== undefined && isSignedOut(login)
  })
  for (const name of dead) void deleteDatabase(name, log)
  return dead
}
