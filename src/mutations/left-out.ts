/** What all that match leaves out: rows that the reader unticked after all were selected. Pure. */
import type { Email } from '../jmap/types.ts'
import type { Matching } from './mutation.ts'

type Named = Pick<Email, 'id' | 'blobId'>

/**
 * A thread merge gives a message another id and leaves its blob (B6.5a), and the intent may be done before anybody here
 * hears of that. So by either; a copy of the same bytes is left alone with it.
 */
export function leftOut({ except }: Pick<Matching, 'except'>): (message: Named) => boolean {
  if (!except) return () => false
  const ids = new Set(except.emailIds)
  const blobs = new Set<string>(except.blobIds.filter((blobId) => blobId !== ''))
  return ({ id, blobId }) => ids.has(id) || blobs.has(blobId)
}
