/** Asks the reader for a mailbox, over whatever is on the screen. */
import { mount } from 'svelte'
import { picker as t } from '../../../i18n/en/picker.ts'
import { toRowMessage } from '../../../mail/thread-rows.ts'
import { canFile, type ToMailbox } from '../../../state/file-away.ts'
import { choicesOf } from './choices.ts'
import { latelyUsed, rememberTarget } from './lately.ts'
import PickerDoor from './PickerDoor.svelte'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'
import type { RowMessage } from '../../../mail/list.ts'
import type { OpenAccount } from '../../../state/open-account.ts'

export interface PickInput {
  readonly account: OpenAccount
  readonly messages: readonly RowMessage[]
  /** The mailbox whose list they stand in; undefined for hits of a search. */
  readonly from: MailboxId | undefined
  readonly isCopy: boolean
  /** "2 conversations". */
  readonly what: string
}

export interface Picked {
  readonly filing: ToMailbox
  /** As they are now: much may have come while the reader chose. */
  readonly messages: readonly RowMessage[]
}

/** The one that is open: a key that is pressed twice asks once. */
let isOpen = false

/** Undefined: the reader wants none of them. */
export async function pickMailbox(input: PickInput): Promise<Picked | undefined> {
  if (isOpen) return undefined
  isOpen = true
  try {
    const { account, messages, isCopy } = input
    const mailboxes = await account.replica.mailboxes()
    const to = await choose(input, mailboxes)
    if (to === undefined) return undefined
    rememberTarget(account, to)
    const known = await account.replica.emails(messages.map(({ id }) => id))
    return { filing: { to, isCopy }, messages: known.flatMap((email) => (email ? [toRowMessage(email)] : [])) }
  } finally {
    isOpen = false
  }
}

function choose(input: PickInput, mailboxes: readonly Mailbox[]): Promise<MailboxId | undefined> {
  const choices = choicesOf(mailboxes, latelyUsed(input.account), (mailbox) => whyNot(mailbox, input, mailboxes))
  const title = (input.isCopy ? t.copy : t.move)(input.what)
  return new Promise((onDone) => {
    mount(PickerDoor, { target: document.body, props: { title, choices, onDone } })
  })
}

function whyNot(mailbox: Mailbox, input: PickInput, mailboxes: readonly Mailbox[]): string | undefined {
  const { account, messages, from, isCopy } = input
  if (account.info.isReadOnly || !mailbox.myRights.mayAddItems) return t.mayNotAdd
  if (canFile({ to: mailbox.id, isCopy }, { messages, from, mailboxes })) return undefined
  return messages.some(({ mailboxIds }) => Object.hasOwn(mailboxIds, mailbox.id)) ? t.isThere : t.mayNotLeave
}
