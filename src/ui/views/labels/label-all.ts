/** Asks for the labels of all that a list shows, loaded or not: what is ticked is put on all, what is unticked goes from all. */
import { labelPicker as t } from '../../../i18n/en/label-picker.ts'
import { FLAGGED } from '../../../mail/list.ts'
import { keywordsOf } from '../../../mail/labels.ts'
import { messagesOf } from '../../../mail/row-messages.ts'
import { labelState } from '../../../state/change-labels.ts'
import { setKeywordsOnAll } from '../../../state/mark-all.ts'
import { mayMark } from '../../../state/may-mark.ts'
import { chooseLabels, labelWords } from './choose-labels.ts'
import type { FiledIn } from '../file-rows.ts'

export async function labelAll(input: FiledIn & { readonly what: string }): Promise<void> {
  const { account, mailbox, selection, announce } = input
  const isAnywhere = mailbox === undefined || mailbox.id === FLAGGED
  if (isAnywhere ? account.info.isReadOnly : !mayMark(account, mailbox, 'flagged')) {
    announce(t.forbidden)
    return
  }
  const known = selection.rows.map((row) => ({ messages: messagesOf(row), standing: row.emailId }))
  const changes = await chooseLabels({
    ...input,
    messages: known.flatMap(({ messages }) => messages),
    // What is not here may have any that the account knows. Apple's colours are offered where they are seen.
    stateOf: (key) => (key.startsWith('$mailflag:') ? labelState(key, known) : 'some'),
  })
  // Meanwhile the choice may have been given up.
  if (changes.length === 0 || !selection.allBut) return
  const each = changes.flatMap(({ key, value }) => keywordsOf(key).map((keyword) => ({ keyword, value })))
  await setKeywordsOnAll(input, each, labelWords(changes))
}
