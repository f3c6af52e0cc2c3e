/** Labels in rows, and what IMAP has marked as deleted: fetched with the first row that has one of these. */
import { labels as t } from '../../i18n/en/labels.ts'
import { messagesOf } from '../../mail/row-messages.ts'
import { labelChoices, shownLabels } from '../../state/labels.ts'
import RowLabels from './RowLabels.svelte'
import type { describeRow } from './row-words.ts'
import type { Settings } from '../../state/settings.svelte.ts'

/** IMAP's \Deleted, where a server tells of it: gone as soon as a program of IMAP expunges. */
const DELETED = '$deleted'

/** `describe`, and labels of all messages of the conversation, which is flagged if any of them is, too. */
export function withLabels(
  describe: typeof describeRow,
  settings: Pick<Settings, 'chosen'>,
  accountKey: string,
): typeof describeRow {
  // Read once for all rows: it is text in the store.
  const choices = labelChoices(settings, accountKey)
  return (row, context) => {
    const words = describe(row, context)
    const messages = messagesOf(row)
    const labels = shownLabels(messages, choices)
    const isDeleted = messages.length > 0 && messages.every(({ keywords }) => Object.hasOwn(keywords, DELETED))
    if (labels.length === 0 && !isDeleted) return words
    const said = [...(isDeleted ? [t.deleted] : []), ...labels.map(({ name }) => name)]
    return { ...words, labels, isDeleted, sentence: [words.sentence, ...said].join(', '), Aside: RowLabels }
  }
}
