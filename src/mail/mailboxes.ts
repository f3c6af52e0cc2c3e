/** The tree of an account's mailboxes, from a flat list that may lie: missing parents, cycles, two of one role. */
import type { Mailbox, MailboxId } from '../jmap/types.ts'

export interface MailboxNode {
  readonly mailbox: Mailbox
  readonly children: readonly MailboxNode[]
}

export interface MailboxTree {
  /** Mailboxes with a role, whatever lies around them at the server, with their own children inside. */
  readonly roles: readonly MailboxNode[]
  readonly own: readonly MailboxNode[]
}

/** RFC 8621 §2 and the IANA registry; one with any other role is an own mailbox. */
const ROLE_ORDER = 'inbox flagged important drafts sent all archive snoozed junk trash'.split(' ')

interface TreeOptions {
  readonly locale?: string
  /** What the reader does not want to see is left out, as in the sidebar; else all of it is there, to be chosen from. */
  readonly hides?: boolean
}

export function mailboxTree(mailboxes: readonly Mailbox[], { locale, hides }: TreeOptions = {}): MailboxTree {
  const isHidden = hides ? hiddenAmong(mailboxes) : () => false
  const compare = comparator(locale)
  const children = childrenByParent(mailboxes)
  const nodesOf = (list: readonly Mailbox[]): MailboxNode[] =>
    list
      .toSorted(compare)
      .map((mailbox) => ({ mailbox, children: nodesOf(children.get(mailbox.id) ?? []) }))
      // What may not be read, or is hidden, is shown only as the way to what may.
      .filter(
        ({ mailbox, children: inner }) => (mailbox.myRights.mayReadItems && !isHidden(mailbox)) || inner.length > 0,
      )
  const roots = nodesOf(children.get(null) ?? [])
  return {
    roles: roots.filter(({ mailbox }) => hasShownRole(mailbox)),
    own: roots.filter(({ mailbox }) => !hasShownRole(mailbox)),
  }
}

/**
 * Hidden is what is not subscribed (RFC 8621 §2), but those with a role, which servers subscribe by themselves. Where
 * none of the others is, nobody has ever said so, as with what another client made on Cyrus, or what others share: all of
 * it is shown.
 */
export function hiddenAmong(mailboxes: readonly Mailbox[]): (mailbox: Mailbox) => boolean {
  const isSaid = saysSubscribed(mailboxes)
  return (mailbox) => isSaid && !mailbox.isSubscribed && !hasShownRole(mailbox)
}

/** Somebody has chosen what of an account is shown. */
export function saysSubscribed(mailboxes: readonly Mailbox[]): boolean {
  return mailboxes.some((mailbox) => mailbox.isSubscribed && !hasShownRole(mailbox))
}

function childrenByParent(mailboxes: readonly Mailbox[]): Map<MailboxId | null, Mailbox[]> {
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]))
  const children = new Map<MailboxId | null, Mailbox[]>()
  for (const mailbox of byId.values()) {
    const parent = parentOf(mailbox, byId)
    const siblings = children.get(parent)
    if (siblings) siblings.push(mailbox)
    else children.set(parent, [mailbox])
  }
  return children
}

/** Deeper trees are no user's: what lies below stands at the top. */
const MAX_DEPTH = 100

/** Null for a root: one with a role, one whose parent is not here, and every mailbox that is its own ancestor. */
function parentOf(mailbox: Mailbox, byId: ReadonlyMap<MailboxId, Mailbox>): MailboxId | null {
  if (hasShownRole(mailbox) || mailbox.parentId === null) return null
  const parent = byId.get(mailbox.parentId)
  const passed = new Set<MailboxId>()
  for (let above = parent; above !== undefined && !passed.has(above.id);) {
    if (above.id === mailbox.id || passed.size === MAX_DEPTH) return null
    passed.add(above.id)
    above = hasShownRole(above) || above.parentId === null ? undefined : byId.get(above.parentId)
  }
  return parent?.id ?? null
}

/** It stands at the top under our word for its role, whatever lies around it at the server. */
export function hasShownRole(mailbox: Mailbox): boolean {
  return roleIndex(mailbox) < ROLE_ORDER.length
}

function roleIndex({ role }: Mailbox): number {
  const index = ROLE_ORDER.indexOf(role ?? '')
  return index < 0 ? ROLE_ORDER.length : index
}

function comparator(locale: string | undefined): (a: Mailbox, b: Mailbox) => number {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return (a, b) =>
    roleIndex(a) - roleIndex(b) ||
    a.sortOrder - b.sortOrder ||
    collator.compare(a.name, b.name) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
