/** All that a list shows, as an intent names it: for the server, and for the messages of rows here. */
import type { BlobId, Mailbox } from '../jmap/types.ts'
import { DELETED } from '../mail/deleted.ts'
import { FLAGGED, FOUND, isPassedOver, type ListQuery, type ThreadRow } from '../mail/list.ts'
import { parseNarrowing, toFilter } from '../mail/narrowing.ts'
import { messagesOf } from '../mail/row-messages.ts'
import { searchFilter } from '../mail/search-query.ts'
import type { Matching } from '../mutations/mutation.ts'
import type { ReplicaReads } from '../replica/replica.ts'
import type { AllBut } from './all-but.svelte.ts'
import type { MailList } from './mail-list.ts'
import type { FoundOnServer, RowList } from './row-list.ts'

interface Asked {
  readonly mailboxes: readonly Mailbox[]
  readonly now: number
  readonly except?: Matching['except']
}

/** How many rows there are of all. */
export function allOf({ atServer, total, length }: RowList): number {
  return atServer?.total ?? total ?? length
}

export function isMailList(list: RowList): list is MailList {
  return 'query' in list && 'reread' in list && 'find' in list
}

/** Undefined: it is a list of which not all can be meant. What comes after `now` is not. */
export async function matchOf(
  { list, allBut, replica }: { list: RowList; allBut: AllBut; replica: ReplicaReads },
  now: number,
): Promise<{ readonly match: Matching; readonly mailboxes: readonly Mailbox[] } | undefined> {
  const [mailboxes, except] = await Promise.all([replica.mailboxes(), exceptOf(replica, allBut.out)])
  const asked = { mailboxes, now, except }
  if (isMailList(list)) return { match: matchList(list.query, asked), mailboxes }
  return list.atServer && { match: matchFound(list.atServer, asked), mailboxes }
}

/** Messages of rows that are left out; of a conversation also those that are not on this device, which no blob is known of. */
async function exceptOf(
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

function matchList(query: ListQuery, { mailboxes, now, except }: Asked): Matching {
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

/** What is found on this device alone is not meant: the server may not find it. */
function matchFound(found: FoundOnServer, { mailboxes, now, except }: Asked): Matching {
  const passedOver = mailboxes.filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
  const named = found.messages()
  const only = { emailIds: named.map(({ id }) => id), blobIds: named.map(({ blobId }) => blobId) }
  return {
    mailboxId: FOUND,
    filter: searchFilter(found.query, passedOver),
    before: new Date(now).toISOString(),
    here: { mailboxIds: passedOver, isOutside: true, has: [], hasNot: [], only },
    ...(except && { except }),
  }
}
