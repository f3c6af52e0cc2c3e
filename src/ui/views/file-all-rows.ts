/** Puts away all that a mailbox's list shows, as `file-rows.ts` does with what is ticked. */
import { selectAll as t } from '../../i18n/en/select-all.ts'
import { isPassedOver, type RowMessage } from '../../mail/list.ts'
import { fileAll } from '../../state/file-all.ts'
import { allWords, isMailList } from '../../state/mark-all.ts'
import { askTarget } from './ask-target.ts'
import type { Asked } from '../../state/file-away.ts'
import type { FiledIn } from './file-rows.ts'

export async function fileAllRows(input: FiledIn, asked: Asked): Promise<void> {
  const { mailbox, selection, announce, onLeave } = input
  const { list, allBut: all } = selection
  if (!list || !isMailList(list) || !all || !mailbox) return
  if (asked === 'trash' && isPassedOver(mailbox.role)) {
    announce(t.emptyInstead)
    return
  }
  if (asked === 'label' || asked === 'snooze' || asked === 'wake' || asked === 'mute') {
    announce(asked === 'label' ? t.notLabels : t.onlyTicked)
    return
  }
  const what = allWords(list, all)
  // One that is known of them as all are: it stands here.
  const messages = [{ id: '', mailboxIds: { [mailbox.id]: true }, keywords: {} } as unknown as RowMessage]
  const isJunk = mailbox.role === 'junk' && asked === 'junk'
  const target = await askTarget(isJunk ? 'notJunk' : asked, { ...input, messages, from: mailbox.id, what })
  // Meanwhile another row may have been ticked.
  if (!target || !selection.allBut) return
  await fileAll(target.filing, { ...input, before: () => onLeave(selection.rows) })
}
