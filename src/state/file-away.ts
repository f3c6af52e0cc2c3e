/** Puts messages away so that it can be taken back. */
import { t } from '../i18n/text.ts'
import { canFile, fileEmails, targetOf, type Filing, type Snoozing, type ToMailbox } from '../mutations/file-emails.ts'
import { shownMeanwhile, type ShownIn } from './rows-after.ts'
import type { OpenAccount } from './open-account.ts'
import type { UndoStack } from './undo-stack.svelte.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'

export { canFile }
export type { Filing, Snoozing, ToMailbox }

/** What a command asks for: for some of them the reader says where to, until when, or which labels. */
export type Asked = Filing | 'move' | 'copy' | 'label' | 'snooze'

export type FiledOutcome =
  | { readonly kind: 'filed'; readonly target: Mailbox }
  /** The account has no mailbox that it could go to. */
  | { readonly kind: 'nowhere' }
  /** Nothing of it could be moved: it stands there already, or may not leave. */
  | { readonly kind: 'nothing'; readonly target: Mailbox; readonly isThere: boolean }

export interface FileAwayInput {
  readonly account: OpenAccount
  readonly undo: () => Promise<UndoStack>
  readonly messages: readonly RowMessage[]
  /** The mailbox whose list they stand in; undefined for hits of a search. */
  readonly from: MailboxId | undefined
  /** What the step is called, once it is known where it leads. */
  readonly label: (target: Mailbox) => string
  /** Just before it is done: the list still has the rows. */
  readonly before?: () => void
  /** Where the account's mailboxes are at hand already. */
  readonly known?: readonly Mailbox[] | undefined
  /** The list that they leave shows it at once, and then hears that it does. */
  readonly list?: ShownIn
  readonly shown?: () => void
}

/** Resolves once it is durable. */
export async function fileAway(filing: Filing, input: FileAwayInput): Promise<FiledOutcome> {
  const { account, messages, from } = input
  const known = input.known ?? (await account.replica.mailboxes())
  const target = targetOf(filing, known) ?? (await mailboxFor(filing, account, known))
  if (!target) return { kind: 'nowhere' }
  const mailboxes = known.includes(target) ? known : [...known, target]
  const mutations = account.info.isReadOnly ? [] : fileEmails(filing, { messages, from, mailboxes, target })
  if (mutations.length === 0) return { kind: 'nothing', target, isThere: messages.every(isIn(target.id)) }
  input.before?.()
  const write = async (): Promise<void> =>
    (await input.undo()).perform(account, mutations, input.label(target), messages)
  await (input.list ? shownMeanwhile(input.list, mutations, write, input.shown) : write())
  return { kind: 'filed', target }
}

/**
 * Where there is none of that role: one that is called so, or one that is made by this. Not in what others share. Only
 * what is archived or put to sleep has one made.
 */
export async function mailboxFor(
  filing: Filing,
  { info }: OpenAccount,
  mailboxes: readonly Mailbox[],
): Promise<Mailbox | undefined> {
  const role = typeof filing === 'object' && 'until' in filing ? 'snoozed' : filing === 'mute' ? 'archive' : filing
  if (role !== 'archive' && role !== 'snoozed') return undefined
  const { findMailbox, mailboxToMake } = await import('../mutations/made-mailbox.ts')
  const wanted = mailboxToMake(role, t.mailbox.roles[role] ?? role)
  const mayMake = info.isPersonal && !info.isReadOnly
  return findMailbox(mailboxes, wanted) ?? (mayMake ? wanted : undefined)
}

/** Whether it leaves the list of the mailbox that it is in. */
export function leavesList(filing: Filing, mailbox: Pick<Mailbox, 'role'> | undefined): boolean {
  if (filing === 'unmute') return false
  if (filing === 'mute') return mailbox?.role === 'inbox'
  if (typeof filing === 'string') return true
  return 'until' in filing ? mailbox?.role !== 'snoozed' : filing.isCopy !== true
}

function isIn(id: MailboxId): (message: RowMessage) => boolean {
  return ({ mailboxIds }) => Object.hasOwn(mailboxIds, id)
}
