/** A tree as the screen and the ARIA pattern want it: the visible items in order, each knowing its level and place. */
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import type { MailboxNode } from '../../mail/mailboxes.ts'

export interface TreeItem {
  readonly mailbox: Mailbox
  readonly level: number
  /** 1-based place among its siblings, and how many they are. */
  readonly position: number
  readonly siblings: number
  /** Undefined where there is nothing inside. */
  readonly isExpanded: boolean | undefined
}

/** What is inside a folded item is left out. */
export function treeItems(
  nodes: readonly MailboxNode[],
  isFolded: (id: MailboxId) => boolean,
  level = 1,
): readonly TreeItem[] {
  return nodes.flatMap(({ mailbox, children }, index) => {
    const isExpanded = children.length > 0 ? !isFolded(mailbox.id) : undefined
    const item = { mailbox, level, position: index + 1, siblings: nodes.length, isExpanded }
    return [item, ...(isExpanded ? treeItems(children, isFolded, level + 1) : [])]
  })
}
