/** What a swipe would do to a row where it stands: the words, the colour, the act. None where it would do nothing. */
import ArchiveIcon from 'virtual:icon/archive'
import FlagIcon from 'virtual:icon/flag'
import FolderInputIcon from 'virtual:icon/folder-input'
import MailIcon from 'virtual:icon/mail'
import MailOpenIcon from 'virtual:icon/mail-open'
import TrashIcon from 'virtual:icon/trash-2'
import { touch as t } from '../../../i18n/en/touch.ts'
import { isPassedOver } from '../../../mail/list.ts'
import { messagesOf } from '../../../mail/row-messages.ts'
import { canFile } from '../../../state/file-away.ts'
import { mayMark } from '../../../state/may-mark.ts'
import { flagOrUnflag, readOrUnread, type Mark } from '../../../state/row-marks.ts'
import { rowsOf, type Held } from '../hands/row-acts.ts'
import type { SwipeChoice } from '../../../state/swipe-choice.ts'

export interface SwipeAction {
  readonly word: string
  readonly icon: string
  /** Which fill it has. */
  readonly tone: 'archive' | 'mark' | 'flag' | 'delete' | 'move'
  /** The row is gone from the list then: it leaves to the side that it was pulled to. */
  readonly leaves: boolean
  readonly act: () => Promise<void>
}

export function swipeAction(choice: SwipeChoice, held: Held): SwipeAction | undefined {
  if (choice === 'read') return marking(held, readOrUnread(rowsOf(held)))
  if (choice === 'flag') return marking(held, flagOrUnflag(rowsOf(held)))
  const { file } = held.acts
  if (choice === 'archive' && mayFile(held, 'archive'))
    return {
      word: t.archive,
      icon: ArchiveIcon,
      tone: 'archive',
      // a view over all mailboxes keeps what it shows
      leaves: held.acts.mailbox !== undefined && held.acts.mailbox.role !== 'flagged',
      act: () => file('archive', rowsOf(held)),
    }
  // in Trash and Junk it is asked first
  const isAsked = isPassedOver(held.acts.mailbox?.role)
  if (choice === 'delete' && (isAsked || mayFile(held, 'trash')))
    return {
      word: t.delete,
      icon: TrashIcon,
      tone: 'delete',
      leaves: !isAsked,
      act: () => file('trash', rowsOf(held)),
    }
  if (choice !== 'move') return undefined
  return { word: t.moveTo, icon: FolderInputIcon, tone: 'move', leaves: false, act: () => file('move', rowsOf(held)) }
}

const signs: Readonly<Record<Mark, Pick<SwipeAction, 'word' | 'icon' | 'tone'>>> = {
  read: { word: t.read, icon: MailOpenIcon, tone: 'mark' },
  unread: { word: t.unread, icon: MailIcon, tone: 'mark' },
  flagged: { word: t.flag, icon: FlagIcon, tone: 'flag' },
  unflagged: { word: t.unflag, icon: FlagIcon, tone: 'flag' },
}

function marking(held: Held, mark: Mark): SwipeAction | undefined {
  const { account, mailbox, mark: act } = held.acts
  // hits lie in many mailboxes, each with rights of its own
  if (!mayMark(account, mailbox ?? account.mailboxes.get(held.row.mailboxId), mark)) return undefined
  return { ...signs[mark], leaves: false, act: () => act(mark, rowsOf(held)) }
}

/** Without an Archive the first one makes it, as by the key. */
function mayFile(held: Held, filing: 'archive' | 'trash'): boolean {
  const { account, mailbox } = held.acts
  const mailboxes = account.mailboxes.stored ?? []
  if (filing === 'archive' && !mailboxes.some(({ role }) => role === 'archive')) return account.info.isPersonal
  return canFile(filing, { messages: rowsOf(held).flatMap(messagesOf), from: mailbox?.id, mailboxes })
}
