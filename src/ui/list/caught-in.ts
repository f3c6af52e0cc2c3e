/** Which of the reader's addresses the mail of a list was written to, where a catch-all took it in. */
import { rowCaughtAddress } from '../../mail/caught-address.ts'
import type { MailList } from '../../state/mail-list.ts'

/** Rows that are looked at, and addresses that a menu has room for. */
const LOOKED_AT = 400
const AT_MOST = 8

/** By how often they are written to, then by name; the one the list is narrowed to is always among them. */
export function caughtIn(list: MailList, own: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (let position = 0; position < Math.min(list.length, LOOKED_AT); position += 1) {
    const row = list.row(position)
    const address = row && rowCaughtAddress(row, own)
    if (address) counts.set(address, (counts.get(address) ?? 0) + 1)
  }
  const to = new URLSearchParams(list.query.narrow).get('to')
  if (to) counts.set(to, Infinity)
  const most = [...counts].toSorted(([a, of], [b, than]) => than - of || (a < b ? -1 : 1)).slice(0, AT_MOST)
  return most.map(([address]) => address).toSorted()
}
