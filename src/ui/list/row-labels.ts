/** Labels in rows, until when mail sleeps, and what IMAP has marked as deleted: fetched with the first row that has one of these. */
import AlarmClockIcon from 'virtual:icon/alarm-clock'
import BellOffIcon from 'virtual:icon/bell-off'
import { labels as t } from '../../i18n/en/labels.ts'
import { hourWords } from '../../i18n/hour-words.ts'
import { isMarkedDeleted } from '../../mail/deleted.ts'
import { isMuted } from '../../mail/muted.ts'
import { messagesOf } from '../../mail/row-messages.ts'
import { sleepsUntil, snoozedMailbox } from '../../mail/snoozed.ts'
import { labelChoices, shownLabels } from '../../state/labels.ts'
import RowLabels from './RowLabels.svelte'
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { describeRow } from './row-words.ts'
import type { Settings } from '../../state/settings.svelte.ts'

/**
 * `describe`, and labels of all messages of the conversation, which is flagged if any of them is, too. Where mail sleeps,
 * the hour at which it comes back.
 */
export function withLabels(
  describe: typeof describeRow,
  settings: Pick<Settings, 'chosen'>,
  accountKey: string,
  mailboxes?: { get(id: MailboxId): Mailbox | undefined },
): typeof describeRow {
  // Read once for all rows: it is text in the store.
  const choices = labelChoices(settings, accountKey)
  return (row, context) => {
    const words = describe(row, context)
    const messages = messagesOf(row)
    const labels = shownLabels(messages, choices)
    const isDeleted = messages.length > 0 && messages.every(isMarkedDeleted)
    const mailbox = mailboxes?.get(row.mailboxId)
    const until = mailbox && snoozedMailbox([mailbox]) && wakes(row)
    const isHushed = isMuted(row.messages)
    if (labels.length === 0 && !isDeleted && !isHushed && until === undefined) return words
    const hour = until === undefined ? '' : hourWords(until, context.now)
    const said = [
      isHushed && t.muted,
      isDeleted && t.deleted,
      ...labels.map(({ name }) => name),
      hour && t.asleepUntil(hour),
    ]
    const place = hour ? { icon: AlarmClockIcon, name: hour } : words.place
    const sentence = [words.sentence, ...said].filter(Boolean).join(', ')
    const marks = isHushed ? [...words.marks, BellOffIcon] : words.marks
    return { ...words, labels, isDeleted, marks, place, sentence, Aside: RowLabels }
  }
}

/** The first hour at which something of it comes back. */
function wakes(row: ThreadRow): number | undefined {
  const hours = messagesOf(row).flatMap(({ mailboxIds, keywords }) =>
    Object.hasOwn(mailboxIds, row.mailboxId) ? (sleepsUntil(keywords) ?? []) : [],
  )
  return hours.length > 0 ? Math.min(...hours) : undefined
}
