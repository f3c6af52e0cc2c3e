/** Rows of a list below the horizon, between two that the reader points at: asked for, and held by nobody else. */
import { rowKey, type ThreadRow } from '../mail/list.ts'
import type { MailList } from './mail-list.ts'
import type { OpenAccount } from './open-account.ts'

/** Rows to a request. */
const WINDOW = 250
/** More are not asked for. */
const MOST = 10_000

interface Stretch {
  readonly first: number
  readonly last: number
  /** How many rows from the top are on this device. */
  readonly covered: number
}

/**
 * From the first or the horizon to the last, as the server orders them now. None where it does not name the two rows: by
 * positions alone, which move with what others do, rows beyond them might be taken.
 */
export async function rowsBelow(
  { port, replica }: Pick<OpenAccount, 'port' | 'replica'>,
  list: Pick<MailList, 'query' | 'row'>,
  { first, last, covered }: Stretch,
): Promise<readonly ThreadRow[]> {
  const { query } = list
  const isFromHorizon = first < covered
  const [after, until] = [list.row(first), list.row(last)]
  if (!until || (!isFromHorizon && !after)) return []
  const found: ThreadRow[] = []
  const at = (end: ThreadRow): number => found.findIndex((row) => rowKey(row) === rowKey(end))
  for (let asked = 0; asked < MOST;) {
    const { emailIds } = await port.fetchWindow({ query, position: Math.max(first, covered) + asked, limit: WINDOW })
    if (emailIds.length === 0) return []
    found.push(...(await replica.rows(query, emailIds)).flatMap((row) => row ?? []))
    const end = at(until)
    if (end >= 0) {
      const begin = after && !isFromHorizon ? at(after) : 0
      return begin < 0 ? [] : found.slice(begin, end + 1)
    }
    asked += emailIds.length
  }
  return []
}
