/** What the bar of ticked rows offers: three by the hand, and the rest in its menu. */
import AlarmClockIcon from 'virtual:icon/alarm-clock'
import ArchiveIcon from 'virtual:icon/archive'
import BellIcon from 'virtual:icon/bell'
import BellOffIcon from 'virtual:icon/bell-off'
import CopyIcon from 'virtual:icon/copy'
import FlagIcon from 'virtual:icon/flag'
import FolderInputIcon from 'virtual:icon/folder-input'
import InboxIcon from 'virtual:icon/inbox'
import JunkIcon from 'virtual:icon/octagon-alert'
import MailIcon from 'virtual:icon/mail'
import MailOpenIcon from 'virtual:icon/mail-open'
import TagIcon from 'virtual:icon/tag'
import TrashIcon from 'virtual:icon/trash-2'
import { later } from '../../i18n/en/later.ts'
import { isMuted } from '../../mail/muted.ts'
import * as keys from '../../state/keys.ts'
import { flagOrUnflag, readOrUnread, type Mark } from '../../state/row-marks.ts'
import type { KeyHint } from '../../i18n/key-caps.ts'
import type { Mailbox } from '../../jmap/types.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { MenuItem } from '../shared/menu-keys.ts'
import type { RowFiling } from './mark-keys.ts'

interface Acting {
  /** What is ticked and here. */
  readonly rows: readonly ThreadRow[]
  readonly mailbox: Mailbox | undefined
  readonly hint: (key: string) => KeyHint | undefined
  readonly onMark: (mark: Mark) => void
  readonly onFile: (filing: RowFiling) => void
}

interface Actions {
  readonly actions: readonly (MenuItem & { readonly label: string })[]
  readonly rest: readonly MenuItem[]
}

const t = later.selection

/** What is not here is neither read nor unread: what can be done to all is always the same. */
export function actionsOnAll(acting: Acting): Actions {
  const { hint, onMark, onFile } = acting
  return {
    actions: [...away(acting), read(acting)],
    rest: [
      { name: t.markUnread, icon: MailIcon, key: hint(keys.markUnread), act: () => onMark('unread') },
      { name: t.flag, icon: FlagIcon, key: hint(keys.flag), act: () => onMark('flagged') },
      { name: t.unflag, icon: FlagIcon, act: () => onMark('unflagged') },
      ...sleep(acting),
      { name: t.mute, icon: BellOffIcon, key: hint(keys.mute), act: () => onFile('mute') },
      { name: t.unmute, icon: BellIcon, act: () => onFile('unmute') },
      ...elsewhere(acting),
    ],
  }
}

export function actionsOnTicked(acting: Acting): Actions {
  const { rows, hint, onMark, onFile } = acting
  const isAllMuted = rows.every(({ messages }) => isMuted(messages))
  const isAnyUnread = readOrUnread(rows) === 'read'
  const unread = { icon: MailIcon, key: hint(keys.markUnread), act: () => onMark('unread') }
  return {
    actions: [...away(acting), isAnyUnread ? read(acting) : { name: t.unread, label: t.markUnread, ...unread }],
    rest: [
      flagOrUnflag(rows) === 'flagged'
        ? { name: t.flag, icon: FlagIcon, key: hint(keys.flag), act: () => onMark('flagged') }
        : { name: t.unflag, icon: FlagIcon, key: hint(keys.flag), act: () => onMark('unflagged') },
      ...(isAnyUnread ? [{ name: t.markUnread, ...unread }] : []),
      ...sleep(acting),
      {
        name: isAllMuted ? t.unmute : t.mute,
        icon: isAllMuted ? BellIcon : BellOffIcon,
        key: hint(keys.mute),
        act: () => onFile('mute'),
      },
      ...elsewhere(acting),
    ],
  }
}

function away({ hint, onFile }: Acting): Actions['actions'] {
  return [
    { name: t.archive, label: t.archive, icon: ArchiveIcon, act: () => onFile('archive'), key: hint(keys.archiveIt) },
    { name: t.delete, label: t.delete, icon: TrashIcon, act: () => onFile('trash'), key: hint(keys.remove) },
  ]
}

function read({ hint, onMark }: Acting): Actions['actions'][number] {
  return { name: t.read, label: t.markRead, icon: MailOpenIcon, act: () => onMark('read'), key: hint(keys.markRead) }
}

function sleep({ mailbox, hint, onFile }: Acting): readonly MenuItem[] {
  const wake = { name: t.wake, icon: InboxIcon, act: () => onFile('wake') }
  const snooze = { name: t.snooze, icon: AlarmClockIcon, key: hint(keys.snooze), act: () => onFile('snooze') }
  return mailbox?.role === 'snoozed' ? [wake, snooze] : [snooze]
}

function elsewhere({ hint, onFile }: Acting): readonly MenuItem[] {
  return [
    { name: t.label, icon: TagIcon, key: hint(keys.label), act: () => onFile('label') },
    { name: t.moveTo, icon: FolderInputIcon, key: hint(keys.moveTo), act: () => onFile('move') },
    { name: t.copyTo, icon: CopyIcon, key: hint(keys.copyTo), act: () => onFile('copy') },
    { name: t.junk, icon: JunkIcon, key: hint(keys.junk), act: () => onFile('junk') },
  ]
}
