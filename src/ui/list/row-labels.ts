/** Labels in rows: fetched with the first row that has one. */
import { messagesOf } from '../../mail/row-messages.ts'
import { labelChoices, shownLabels } from '../../state/labels.ts'
import RowLabels from './RowLabels.svelte'
import type { describeRow } from './row-words.ts'
import type { Settings } from '../../state/settings.svelte.ts'

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
    const labels = shownLabels(messagesOf(row), choices)
    if (labels.length === 0) return words
    const sentence = [words.sentence, ...labels.map(({ name }) => name)].join(', ')
    return { ...words, labels, sentence, Aside: RowLabels }
  }
}
