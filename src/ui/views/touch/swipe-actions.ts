/** What a swipe would do to a row where it stands: the words, the colour, the act. None where it would do nothing. */
import AlarmClockIcon from 'virtual:icon/alarm-clock'
import ArchiveIcon from 'virtual:icon/archive'
import BellIcon from 'virtual:icon/bell'
import BellOffIcon from 'virtual:icon/bell-off'
import FlagIcon from 'virtual:icon/flag'
import FolderInputIcon from 'virtual:icon/folder-input'
import MailIcon from 'virtual:icon/mail'
import MailOpenIcon from 'virtual:icon/mail-open'
import TrashIcon from 'virtual:icon/trash-2'
import { touch as t } from '../../../i18n/en/touch.ts'
import { isPassedOver } from '../../../mail/list.ts'
import { isMuted } from '../../../mail/muted.ts'
import { messagesOf } from '../../../mail/row-messages.ts'
import { snoozedMailbox } from '../../../mail/snoozed.ts'
import { canFile, leavesList } from '../../../state/file-away.ts'
import { mayMark } from '../../../state/may-mark.ts'
import { flagOrUnflag, readOrUnread, type Mark } from '../../../state/row-marks.ts'
import { rowsOf, type Held } from '../hands/row-acts.ts'
import type { SwipeChoice } from '../../../state/swipe-choice.ts'

export interface SwipeAction {
  readonly word: string
  readonly icon: string
  /** Which fill it has. */
  readonly tone: 'archive' | 'mark' | 'flag' | 'delete' | 'later'
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
  return asking(choice, held) ?? (choice === 'mute' ? muting(held) : undefined)
}

/** Where to, or until when, is asked first: the row stays where it is. */
function asking(choice: SwipeChoice, held: Held): SwipeAction | undefined {
  const { account, file } = held.acts
  const stays = { tone: 'later', leaves: false } as const
  if (choice === 'move')
    return { ...stays, word: t.moveTo, icon: FolderInputIcon, act: () => file('move', rowsOf(held)) }
  // made with the first that sleeps, but not in what others share
  const maySleep = account.info.isPersonal || snoozedMailbox(account.mailboxes.stored ?? []) !== undefined
  if (choice !== 'snooze' || !maySleep) return undefined
  return { ...stays, word: t.snooze, icon: AlarmClockIcon, act: () => file('snooze', rowsOf(held)) }
}

function muting(held: Held): SwipeAction | undefined {
  const { file, mailbox } = held.acts
  const filing = rowsOf(held).every(({ messages }) => isMuted(messages)) ? 'unmute' : 'mute'
  if (!mayFile(held, filing)) return undefined
  return {
    word: t[filing],
    icon: filing === 'mute' ? BellOffIcon : BellIcon,
    tone: 'mark',
    leaves: leavesList(filing, mailbox),
    act: () => file('mute', rowsOf(held)),
  }
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
function mayFile(held: Held, filing: 'archive' | 'trash' | 'mute' | 'unmute'): boolean {
  const { account, mailbox } = held.acts
  const mailboxes = account.mailboxes.stored ?? []
  const makesOne = filing === 'archive' || filing === 'mute'
  if (makesOne && !mailboxes.some(({ role }) => role === 'archive')) return account.info.isPersonal
  return canFile(filing, { messages: rowsOf(held).flatMap(messagesOf), from: mailbox?.id, mailboxes })
}
