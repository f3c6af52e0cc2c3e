/** What can be done to mailboxes, asked over whatever is on the screen: one chunk, fetched with the first of it. */
import { mount, tick } from 'svelte'
import ArrowDownIcon from 'virtual:icon/arrow-down'
import ArrowUpIcon from 'virtual:icon/arrow-up'
import EyeIcon from 'virtual:icon/eye'
import EyeOffIcon from 'virtual:icon/eye-off'
import FolderInputIcon from 'virtual:icon/folder-input'
import FolderPlusIcon from 'virtual:icon/folder-plus'
import PaletteIcon from 'virtual:icon/palette'
import PencilIcon from 'virtual:icon/pencil'
import TrashIcon from 'virtual:icon/trash-2'
import { manageMailboxes as t } from '../../../i18n/en/manage-mailboxes.ts'
import { mailboxName } from '../../../i18n/mailbox-name.ts'
import {
  heightOf,
  mayCreateAtTop,
  mayDelete,
  mayHold,
  mayRename,
  nameProblem,
  withInner,
} from '../../../mail/mailbox-rules.ts'
import { isApple, keyHint } from '../../../i18n/key-caps.ts'
import { orderChanges } from '../../../mail/mailbox-order.ts'
import { hasShownRole, hiddenAmong } from '../../../mail/mailboxes.ts'
import { orderDown, orderUp, rename } from '../../../state/keys.ts'
import { colourMailbox, mayColour } from '../../../state/mailbox-colours.ts'
import { mailboxColours } from '../../../state/mailbox-tints.ts'
import {
  deleteMailboxes,
  hideMailbox,
  makeMailbox,
  moveMailbox,
  orderMailbox,
  renameMailbox,
  showMailbox,
} from '../../../state/manage-mailboxes.ts'
import MenuDoor from '../../shared/MenuDoor.svelte'
import { choicesOf, type Choice } from '../picker/choices.ts'
import PickerDoor from '../picker/PickerDoor.svelte'
import ColourDialog from './ColourDialog.svelte'
import DeleteDialog from './DeleteDialog.svelte'
import NameDialog from './NameDialog.svelte'
import type { LabelColour } from '../../../mail/labels.ts'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'
import type { AccountState } from '../../../state/accounts.svelte.ts'
import type { KeyHint } from '../../../i18n/key-caps.ts'
import type { Services } from '../../../state/contexts.ts'
import type { MenuItem } from '../../shared/menu-keys.ts'

export interface ManageWith extends Pick<Services, 'announce' | 'clock' | 'settings' | 'undo'> {
  readonly account: AccountState
  /** These are about to be deleted: whoever shows one of them leaves it. */
  readonly onDelete: (ids: readonly MailboxId[]) => void
}

const stored = ({ account }: ManageWith): readonly Mailbox[] => account.mailboxes.stored ?? []

/** Asks for the name and place of a new one. `inside`: where it begins. */
export function newMailbox(input: ManageWith, inside?: Mailbox): void {
  const { mail } = input.account.info
  const places = usable(input, (parent) => mayHold(parent, stored(input), mail))
  mount(NameDialog, {
    target: document.body,
    props: {
      title: t.newTitle,
      action: t.create,
      name: '',
      places,
      place: inside?.id ?? (mayCreateAtTop(mail) ? null : (places[0]?.mailbox.id ?? null)),
      mayBeAtTop: mayCreateAtTop(mail),
      check: (name: string, parentId: MailboxId | null) =>
        nameProblem(name, { mailboxes: stored(input), parentId, mail }),
      onDone: (name: string, parentId: MailboxId | null) => done(input, makeMailbox(input, { name, parentId })),
    },
  })
}

/** What the keys do in the tree, besides those for a menu. */
export function pressKey(input: ManageWith, mailbox: Mailbox, item: HTMLElement, key: string): void {
  if (key === rename) askName(input, mailbox)
  else moveAmong(input, mailbox, key === orderUp ? -1 : 1, item)
}

/** Asks for another name. */
function askName(input: ManageWith, mailbox: Mailbox): void {
  if (!mayRename(mailbox)) {
    input.announce(t.forbidden)
    return
  }
  const { id: own, parentId } = mailbox
  mount(NameDialog, {
    target: document.body,
    props: {
      title: t.renameTitle(mailbox.name),
      action: t.save,
      name: mailbox.name,
      place: parentId,
      check: (name: string) =>
        nameProblem(name, { mailboxes: stored(input), parentId, own, mail: input.account.info.mail }),
      onDone: (name: string) => done(input, renameMailbox(input, mailbox, name)),
    },
  })
}

const TOP = '~top' as MailboxId

function askPlace(input: ManageWith, mailbox: Mailbox): void {
  const mailboxes = stored(input)
  const { mail } = input.account.info
  const inner = new Set(withInner(mailbox, mailboxes).map(({ id }) => id))
  const height = heightOf(mailbox, mailboxes)
  const isTaken = (parentId: MailboxId | null): boolean =>
    nameProblem(mailbox.name, { mailboxes, parentId, own: mailbox.id, mail }) === 'taken'
  const whyNot = (parent: Mailbox): string | undefined => {
    if (inner.has(parent.id)) return t.itself
    if (parent.id === mailbox.parentId) return t.isThere
    if (!mayHold(parent, mailboxes, mail, height)) return t.mayNot
    return isTaken(parent.id) ? t.taken : undefined
  }
  const whyNotTop = mailbox.parentId === null ? t.isThere : mayCreateAtTop(mail) ? undefined : t.mayNot
  const top: Choice = {
    mailbox: { ...mailbox, id: TOP, role: null },
    name: t.top,
    path: '',
    depth: 0,
    isLately: false,
    whyNot: whyNotTop ?? (isTaken(null) ? t.taken : undefined),
  }
  mount(PickerDoor, {
    target: document.body,
    props: {
      title: t.moveTitle(mailbox.name),
      choices: [top, ...choicesOf(mailboxes, [], whyNot)],
      onDone: (id: MailboxId | undefined) => {
        if (id === undefined) return
        const parent = mailboxes.find((each) => each.id === id)
        done(input, moveMailbox(input, mailbox, parent))
      },
    },
  })
}

function askColour(input: ManageWith, mailbox: Mailbox): void {
  const { account, clock, settings } = input
  mount(ColourDialog, {
    target: document.body,
    props: {
      title: t.colourTitle(mailbox.name),
      colour: mailboxColours(settings, account.info.key).get(mailbox.id),
      onDone: (colour: LabelColour | undefined) =>
        done(input, colourMailbox(input, settings, { mailbox, colour }, clock.now())),
    },
  })
}

function askDelete(input: ManageWith, mailbox: Mailbox): void {
  const mailboxes = stored(input)
  const all = withInner(mailbox, mailboxes)
  const ids = all.map(({ id }) => id)
  const places = usable(input, ({ id, myRights }) => myRights.mayAddItems && !ids.includes(id))
  const begin =
    places.find(({ mailbox: { role } }) => role === 'archive') ??
    places.find(({ mailbox: { role } }) => role === 'inbox')
  mount(DeleteDialog, {
    target: document.body,
    props: {
      title: all.length > 1 ? t.deleteTitleAll(mailbox.name, all.length - 1) : t.deleteTitle(mailbox.name),
      count: all.reduce((sum, { totalEmails }) => sum + totalEmails, 0),
      places,
      place: (begin ?? places[0])?.mailbox.id ?? null,
      onDone: (moveTo: MailboxId | undefined) => {
        input.onDelete(ids)
        done(input, deleteMailboxes(input, all, moveTo))
      },
    },
  })
}

function usable(input: ManageWith, may: (mailbox: Mailbox) => boolean): readonly Choice[] {
  return choicesOf(stored(input), [], (mailbox) => (may(mailbox) ? undefined : t.mayNot)).filter(
    ({ whyNot }) => whyNot === undefined,
  )
}

function done({ announce }: ManageWith, work: Promise<void>): void {
  work.catch(() => announce(t.notDone, 'assertive'))
}

function itemsOf(input: ManageWith, mailbox: Mailbox, opener: HTMLElement): readonly MenuItem[] {
  const mailboxes = stored(input)
  const mayHoldOne = mayHold(mailbox, mailboxes, input.account.info.mail)
  const mayGo = withInner(mailbox, mailboxes).every(mayDelete)
  return [
    ...(mayHoldOne ? [{ name: t.createInside, icon: FolderPlusIcon, act: () => newMailbox(input, mailbox) }] : []),
    ...(mayRename(mailbox)
      ? [
          { name: t.rename, icon: PencilIcon, key: { text: rename, aria: rename }, act: () => askName(input, mailbox) },
          { name: t.move, icon: FolderInputIcon, act: () => askPlace(input, mailbox) },
        ]
      : []),
    ...placeItems(input, mailbox, opener),
    ...(mayGo ? [{ name: t.delete, icon: TrashIcon, act: () => askDelete(input, mailbox) }] : []),
  ]
}

/** Where it stands among the others of the sidebar, and whether. */
function placeItems(input: ManageWith, mailbox: Mailbox, item: HTMLElement): readonly MenuItem[] {
  const mailboxes = stored(input)
  if (hasShownRole(mailbox)) return []
  const isHidden = hiddenAmong(mailboxes)
  if (isHidden(mailbox)) return [{ name: t.show, icon: EyeIcon, act: () => done(input, showMailbox(input, mailbox)) }]
  const inner = withInner(mailbox, mailboxes)
  // The last one stays: where none is subscribed nobody has said so, and all would be there again.
  const mayHide = mailboxes.some((each) => !hasShownRole(each) && !isHidden(each) && !inner.includes(each))
  const mayGo = (by: 1 | -1): boolean => orderChanges(mailbox.id, mailboxes, by).length > 0
  const hint = (key: string): KeyHint => keyHint(key, isApple(navigator.platform))
  const order = (by: 1 | -1) => () => moveAmong(input, mailbox, by, item)
  return [
    ...(mayGo(-1) ? [{ name: t.moveUp, icon: ArrowUpIcon, key: hint(orderUp), act: order(-1) }] : []),
    ...(mayGo(1) ? [{ name: t.moveDown, icon: ArrowDownIcon, key: hint(orderDown), act: order(1) }] : []),
    ...(mayColour(mailbox) ? [{ name: t.colour, icon: PaletteIcon, act: () => askColour(input, mailbox) }] : []),
    ...(mayHide ? [{ name: t.hide, icon: EyeOffIcon, act: () => done(input, hideMailbox(input, mailbox)) }] : []),
  ]
}

/** `item`: the tree moves it about, and the focus with it. */
function moveAmong(input: ManageWith, mailbox: Mailbox, by: 1 | -1, item: HTMLElement): void {
  const level = item.parentElement
  const watch = new MutationObserver(() => {
    watch.disconnect()
    // an element that is moved loses it
    if (document.activeElement === document.body) item.focus()
  })
  if (level && item.matches('[role=treeitem]')) watch.observe(level, { childList: true })
  done(input, orderMailbox(input, mailbox, by))
}

/** `at`: where the pointer is; without one it hangs below its opener. */
export function openMailboxMenu(
  input: ManageWith,
  mailbox: Mailbox,
  opener: HTMLElement,
  at?: { readonly x: number; readonly y: number },
): void {
  const items = input.account.info.isReadOnly ? [] : itemsOf(input, mailbox, opener)
  if (items.length === 0) {
    input.announce(t.forbidden)
    return
  }
  // inside of what it hangs on: a modal dialog makes rest what lies outside of it
  const target = opener.closest('dialog, nav') ?? document.body
  mount(MenuDoor, { target, props: { label: t.menu(mailboxName(mailbox)), items, opener, at } })
}

/** For who has no right button and no keys: first which, then what. */
export function chooseMailbox(input: ManageWith, opener: HTMLElement): void {
  const mailboxes = stored(input)
  const choices = choicesOf(mailboxes, [], (mailbox) =>
    itemsOf(input, mailbox, opener).length > 0 ? undefined : t.fixed,
  )
  mount(PickerDoor, {
    target: document.body,
    props: {
      title: t.which,
      choices,
      onDone: (id: MailboxId | undefined) => {
        const mailbox = mailboxes.find((each) => each.id === id)
        if (mailbox) void tick().then(() => openMailboxMenu(input, mailbox, opener))
      },
    },
  })
}
