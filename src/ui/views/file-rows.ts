/** Puts conversations of a list away: archive, delete, junk, move, copy, snooze; or asks for their labels. Shows it and says it, and it can be taken back. */
import { fileAway, leavesList, type Asked } from '../../state/file-away.ts'
import { filing as t } from '../../i18n/en/filing.ts'
import { filedWords, unfiledWords } from '../../i18n/filing-words.ts'
import { rowsInWords } from '../../i18n/rows-in-words.ts'
import { isForAll } from './is-for-all.ts'
import { messagesOf } from '../../mail/row-messages.ts'
import { askTarget } from './ask-target.ts'
import type { Mailbox } from '../../jmap/types.ts'
import { isPassedOver, rowKey, type ThreadRow } from '../../mail/list.ts'
import type { Services } from '../../state/contexts.ts'
import type { AccountState } from '../../state/accounts.svelte.ts'
import type { ShownIn } from '../../state/rows-after.ts'
import type { Selection } from '../../state/selection.svelte.ts'

export interface FiledIn extends Pick<Services, 'announce' | 'clock' | 'markPainted' | 'settings' | 'undo'> {
  readonly account: AccountState
  readonly list: ShownIn
  /** Undefined: hits of a search. */
  readonly mailbox: Mailbox | undefined
  readonly selection: Selection
  readonly focusRow: () => void
  /** The open conversation is among them: what comes next is opened, while the list still knows what that is. */
  readonly onLeave: (rows: readonly ThreadRow[]) => void
}

/** Without rows: those that are ticked, which they are no longer. */
export async function fileRows(input: FiledIn, asked: Asked, rows?: readonly ThreadRow[]): Promise<void> {
  const { account, list, mailbox, selection, announce, markPainted, undo, focusRow, onLeave } = input
  if (isForAll(selection, rows)) {
    try {
      const { fileAllRows } = await import('./file-all-rows.ts')
      await fileAllRows(input, asked)
    } catch {
      announce(t.pickFailed, 'assertive')
    }
    return
  }
  const chosen = rows ?? selection.rows
  if (chosen.length === 0) return
  const what = rowsInWords(chosen)
  const from = mailbox?.id
  const isJunk = mailbox?.role === 'junk' && asked === 'junk'
  const messages = chosen.flatMap(messagesOf)
  const shown = (): void => {
    if (chosen.some((row) => selection.has(rowKey(row)))) selection.clear()
    focusRow()
  }
  const after = async (): Promise<void> => {
    await list.reread()
    shown()
  }
  if (asked === 'trash' && isPassedOver(mailbox?.role)) {
    const [{ eraseForEver }, { ask }] = await Promise.all([import('../../state/erase.ts'), import('../shared/ask.ts')])
    const before = (): void => onLeave(chosen)
    await eraseForEver({ account, messages, from, what, ask, before, after, announce, markPainted })
    return
  }
  const targets = chosen.map((row) => ({ messages: messagesOf(row), standing: row.emailId }))
  const target = await askTarget(isJunk ? 'notJunk' : asked, { ...input, messages, from, what, targets })
  if (!target) return
  const { filing } = target
  const outcome = await fileAway(filing, {
    account,
    undo,
    messages: target.messages,
    from,
    list,
    shown,
    known: account.mailboxes.stored,
    label: (mailboxThere) => filedWords(filing, what, mailboxThere),
    before: () => {
      if (leavesList(filing, mailbox)) onLeave(chosen)
    },
  })
  if (outcome.kind !== 'filed') {
    announce(unfiledWords(filing, outcome))
    return
  }
  void markPainted('postern:action')
  announce(filedWords(filing, what, outcome.target))
}
