/** The menu of a row: by the right button, by the key for it, by Shift F10. */
import { mount } from 'svelte'
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
import OpenIcon from 'virtual:icon/square-arrow-out-up-right'
import TagIcon from 'virtual:icon/tag'
import TrashIcon from 'virtual:icon/trash-2'
import { rowActs as t } from '../../../i18n/en/row-acts.ts'
import { hintOf } from '../../../state/key-hint.ts'
import * as keys from '../../../state/keys.ts'
import { isMuted } from '../../../mail/muted.ts'
import { flagOrUnflag, readOrUnread } from '../../../state/row-marks.ts'
import { linkOf, rowsOf, type Held } from './row-acts.ts'
import MenuDoor from '../../shared/MenuDoor.svelte'
import type { KeyHint } from '../../../i18n/key-caps.ts'
import type { Settings } from '../../../state/settings.svelte.ts'
import type { MenuItem } from '../../shared/menu-keys.ts'

/** `at`: where the pointer is; without one it hangs below the row. */
export function openRowMenu(held: Held, settings: Settings, at?: { readonly x: number; readonly y: number }): void {
  const opener = linkOf(held.element)
  if (!opener) return
  const rows = rowsOf(held)
  const label = rows.length > 1 ? t.menuOfTicked(rows.length) : t.menu
  // in the region of its list: what lies outside of all of them is passed over by who goes from one to the next
  const target = held.element.closest('section, main') ?? document.body
  mount(MenuDoor, { target, props: { label, items: rowItems(held, settings, opener), opener, at } })
}

function rowItems(held: Held, settings: Settings, opener: HTMLElement): readonly MenuItem[] {
  const { mark, file, mailbox } = held.acts
  const hint = (key: string): KeyHint | undefined => hintOf(settings, key)
  const rows = rowsOf(held)
  const isJunk = mailbox?.role === 'junk'
  const isUnread = readOrUnread(rows) === 'read'
  const isAllMuted = rows.every(({ messages }) => isMuted(messages))
  const isFlagging = flagOrUnflag(rows) === 'flagged'
  const open: MenuItem = { name: t.open, icon: OpenIcon, key: hint(keys.enter), act: () => opener.click() }
  return [
    ...(rows.length === 1 ? [open] : []),
    isUnread
      ? { name: t.markRead, icon: MailOpenIcon, key: hint(keys.markRead), act: () => void mark('read', rowsOf(held)) }
      : {
          name: t.markUnread,
          icon: MailIcon,
          key: hint(keys.markUnread),
          act: () => void mark('unread', rowsOf(held)),
        },
    {
      name: isFlagging ? t.flag : t.unflag,
      icon: FlagIcon,
      key: hint(keys.flag),
      act: () => void mark(isFlagging ? 'flagged' : 'unflagged', rowsOf(held)),
    },
    { name: t.archive, icon: ArchiveIcon, key: hint(keys.archiveIt), act: () => void file('archive', rowsOf(held)) },
    { name: t.delete, icon: TrashIcon, key: hint(keys.remove), act: () => void file('trash', rowsOf(held)) },
    {
      name: isJunk ? t.notJunk : t.junk,
      icon: isJunk ? InboxIcon : JunkIcon,
      key: hint(keys.junk),
      act: () => void file('junk', rowsOf(held)),
    },
    { name: t.moveTo, icon: FolderInputIcon, key: hint(keys.moveTo), act: () => void file('move', rowsOf(held)) },
    { name: t.copyTo, icon: CopyIcon, key: hint(keys.copyTo), act: () => void file('copy', rowsOf(held)) },
    ...(mailbox?.role === 'snoozed'
      ? [{ name: t.wake, icon: InboxIcon, act: () => void file('wake', rowsOf(held)) }]
      : []),
    { name: t.snooze, icon: AlarmClockIcon, key: hint(keys.snooze), act: () => void file('snooze', rowsOf(held)) },
    {
      name: isAllMuted ? t.unmute : t.mute,
      icon: isAllMuted ? BellIcon : BellOffIcon,
      key: hint(keys.mute),
      act: () => void file('mute', rowsOf(held)),
    },
    { name: t.label, icon: TagIcon, key: hint(keys.label), act: () => void file('label', rowsOf(held)) },
  ]
}
