/** Where the mail of a day begins in a list that is newest first: in what is here, else by the server's count. */
import type { MailList } from './mail-list.ts'
import type { OpenAccount } from './open-account.ts'
import type { MailboxId } from '../jmap/types.ts'
import { toFilter } from '../mail/narrowing.ts'
import { isPassedOver, type ListQuery } from '../mail/list.ts'
import type { ReplicaReads } from '../replica/replica.ts'

/** A position, or why there is none: nothing is that old, it is not on this device, the server could not be asked. */
export type DatePosition = number | 'none' | 'away' | 'failed'

/** The first row received before this moment. */
export async function positionBefore(account: OpenAccount, list: MailList, before: number): Promise<DatePosition> {
  const { query } = list
  const isPlain = query.narrow === undefined && query.collapseThreads !== false && !query.hidesDeleted
  const known = isPlain ? await amongKept(account.replica, query, before) : undefined
  if (known !== undefined) return known
  if (account.port.status.phase === 'offline') return amongShown(list, before)
  const newer = await countSince(account, query, before).catch(() => undefined)
  if (newer === undefined) return 'failed'
  const end = list.total ?? list.length
  return newer < end ? newer : 'none'
}

/** By halves: what is kept without a gap may be long, and no row but those looked at is read. */
async function amongKept(replica: ReplicaReads, query: ListQuery, before: number): Promise<DatePosition | undefined> {
  const { covered, isComplete } = await replica.listWindow(query, 0, 1)
  let low = 0
  let high = covered
  while (low < high) {
    const middle = (low + high) >>> 1
    const [row] = (await replica.listWindow(query, middle, 1)).rows
    if (row && Date.parse(row.receivedAt) >= before) low = middle + 1
    else high = middle
  }
  if (low < covered) return low
  return isComplete ? 'none' : undefined
}

function amongShown(list: MailList, before: number): DatePosition {
  for (let position = 0; position < list.length; position += 1) {
    const row = list.row(position)
    if (row && Date.parse(row.receivedAt) < before) return position
  }
  return 'away'
}

/** How many rows stand above: one for each conversation that something newer is in. */
async function countSince(
  { port, replica }: OpenAccount,
  query: ListQuery,
  since: number,
): Promise<number | undefined> {
  const passedOver: MailboxId[] = (await replica.mailboxes())
    .filter(({ role }) => isPassedOver(role))
    .map(({ id }) => id)
  const after = new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')
  return port.fetchTotal({
    ...query,
    filter: { operator: 'AND', conditions: [toFilter(query, passedOver), { after }] },
  })
}
