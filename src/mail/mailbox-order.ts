/** Another place for a mailbox among those it stands beside, by `sortOrder` (RFC 8621 §2). Pure. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { mailboxTree, type MailboxNode } from './mailboxes.ts'

/** Between two that are given anew, so that the next one fits in. */
const STEP = 10

export interface OrderChange {
  readonly mailbox: Mailbox
  readonly sortOrder: number
}

/** Empty: it is at the end already, has a place by its role, or may not be changed. */
export function orderChanges(id: MailboxId, mailboxes: readonly Mailbox[], by: 1 | -1): readonly OrderChange[] {
  const { roles, own: roots } = mailboxTree(mailboxes, { hides: true })
  // Those with a role have their places from us; what lies in them has not.
  const siblings = siblingsOf(id, [roots, ...roles.map(({ children }) => children)])
  const at = siblings.findIndex((each) => each.id === id)
  const own = siblings[at]
  const to = at + by
  if (!own || to < 0 || to >= siblings.length) return []
  const wanted = siblings.toSpliced(at, 1).toSpliced(to, 0, own)
  const below = wanted[to - 1]?.sortOrder ?? -1
  const middle = Math.floor((below + (wanted[to + 1]?.sortOrder ?? below + 2 * STEP)) / 2)
  // Where it does not fit between the two, those after it make room, as far down as they have to.
  let last = middle > below ? middle : below + STEP
  const changes: OrderChange[] = [{ mailbox: own, sortOrder: last }]
  for (const mailbox of wanted.slice(to + 1)) {
    if (mailbox.sortOrder > last) break
    last += STEP
    changes.push({ mailbox, sortOrder: last })
  }
  // RFC 8621 §2 has no right of its own for it: it is one of what a mailbox is, as its name.
  const isAllowed = changes.every(({ mailbox }) => mailbox.myRights.mayRename)
  return isAllowed ? changes.filter(({ mailbox, sortOrder }) => mailbox.sortOrder !== sortOrder) : []
}

/** In the order of the tree. */
function siblingsOf(id: MailboxId, tops: readonly (readonly MailboxNode[])[]): readonly Mailbox[] {
  const levels = [...tops]
  for (let level = levels.pop(); level; level = levels.pop()) {
    if (level.some(({ mailbox }) => mailbox.id === id)) return level.map(({ mailbox }) => mailbox)
    levels.push(...level.map(({ children }) => children))
  }
  return []
}
