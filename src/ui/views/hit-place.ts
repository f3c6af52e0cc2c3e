/** How a hit names its mailbox: with those it lies in, "House / Insurance". */
import { mailboxIcon } from '../mailbox/mailbox-signs.ts'
import { mailboxName } from '../../i18n/mailbox-name.ts'
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import type { MailboxList } from '../../state/mailbox-list.svelte.ts'

const SEPARATOR = ' / '
/** A list of mailboxes may lie about its parents. */
const DEEPEST = 4

export function hitPlace(mailboxes: MailboxList, id: MailboxId): { name: string; icon: string } | undefined {
  const mailbox = mailboxes.get(id)
  if (!mailbox) return undefined
  const names: string[] = []
  for (let each: Mailbox | undefined = mailbox; each && names.length < DEEPEST;) {
    names.unshift(mailboxName(each))
    each = each.role === null && each.parentId !== null ? mailboxes.get(each.parentId) : undefined
  }
  return { name: names.join(SEPARATOR), icon: mailboxIcon(mailbox) }
}
