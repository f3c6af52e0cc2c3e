/** What a list has beside its rows: the way to its menu, what rows say beside their first words. Fetched after them. */
import { FLAGGED, isPassedOver, type ListQuery, type ThreadRow } from '../../mail/list.ts'
import { describeWithNotes } from '../list/row-notes.ts'
import { mailboxIcon } from '../mailbox/mailbox-signs.ts'
import { mailboxName } from '../../i18n/mailbox-name.ts'
import { mayHaveLabels } from '../../mail/row-messages.ts'
import { Lazy } from '../shared/lazy.svelte.ts'
import type { RowContext, RowWords } from '../list/row-words.ts'
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import type { Settings } from '../../state/settings.svelte.ts'

export { default as ListTools } from '../list/ListTools.svelte'
export { default as PageButton } from '../list/PageButton.svelte'
export { default as StickyDay } from '../list/StickyDay.svelte'
export { watchNewMail } from '../list/new-mail.svelte.ts'

const labels = new Lazy(() => import('../list/row-labels.ts'))

export function rowExtras(
  account: AccountState,
  { mailboxId }: Partial<ListQuery>,
  settings: Settings,
): Partial<RowContext> {
  const describe =
    labels.value?.withLabels(describeWithNotes, settings, account.info.key, account.mailboxes) ?? describeFirst
  if (mailboxId !== FLAGGED) return { describe }
  return {
    describe,
    placeOf: (row) => {
      const mailbox = mailboxOf(account, row)
      return mailbox && { name: mailboxName(mailbox), icon: mailboxIcon(mailbox) }
    },
  }
}

/** Until labels are here, which nobody may have. */
function describeFirst(row: ThreadRow, context: RowContext): RowWords {
  if (mayHaveLabels(row.messages)) labels.load()
  return describeWithNotes(row, context)
}

/** Where a row's message lies: of several the first that the list does not pass over. */
function mailboxOf(account: AccountState, row: ThreadRow): Mailbox | undefined {
  const message = row.messages.find(({ id }) => id === row.emailId)
  const boxes = Object.keys(message?.mailboxIds ?? {}).flatMap((id) => account.mailboxes.get(id as MailboxId) ?? [])
  return boxes.find(({ role }) => !isPassedOver(role)) ?? boxes[0]
}
