/** All that a list shows, as an intent names it: for the server, and for the messages of rows here. */
import type { BlobId, Mailbox } from '../jmap/types.ts'
import { DELETED } from '../mail/deleted.ts'
import { FLAGGED, isPassedOver, type ListQuery, type ThreadRow } from '../mail/list.ts'
import { parseNarrowing, toFilter } from '../mail/narrowing.ts'
import { messagesOf } from '../mail/row-messages.ts'
import type { Matching } from '../mutations/mutation.ts'
import type { ReplicaReads } from '../replica/replica.ts'

interface Asked {
  readonly mailboxes: readonly Mailbox[]
  readonly now: number
  readonly except?: Matching['except']
}

/** Messages of rows that are left out; of a conversation also those that are not on this device, which no blob is known of. */
export async function exceptOf(
  replica: Pick<ReplicaReads, 'thread'>,
  rows: readonly ThreadRow[],
): Promise<Matching['except']> {
  const named = await Promise.all(
    rows.map(async (row) => {
      const here = messagesOf(row).map(({ id, blobId }) => [id, blobId] as const)
      const isWhole = row.isSingle === true || row.messages.length >= row.count
      const missing = isWhole ? [] : ((await replica.thread(row.threadId))?.missing ?? [])
      return [...here, ...missing.map((id) => [id, '' as BlobId] as const)]
    }),
  )
  const all = named.flat()
  return all.length > 0 ? { emailIds: all.map(([id]) => id), blobIds: all.map(([, blobId]) => blobId) } : undefined
}

export function matchList(query: ListQuery, { mailboxes, now, except }: Asked): Matching {
  const { mailboxId } = query
  const { filters, to } = parseNarrowing(query.narrow)
  const isOutside = mailboxId === FLAGGED
  const passedOver = isOutside ? mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id) : []
  // What rows do not know of their messages.
  const isTold = !to && !filters.includes('attachment')
  return {
    mailboxId,
    filter: toFilter(query, passedOver),
    before: new Date(now).toISOString(),
    ...(except && { except }),
    ...(isTold && {
      here: {
        mailboxIds: isOutside ? passedOver : [mailboxId],
        isOutside,
        has: isOutside || filters.includes('flagged') ? ['$flagged'] : [],
        hasNot: [...(filters.includes('unread') ? ['$seen'] : []), ...(query.hidesDeleted ? [DELETED] : [])],
      },
    }),
  }
}
