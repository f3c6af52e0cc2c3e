/** Puts messages away so that it can be taken back. */
import { fileEmails, targetOf, type Filing } from '../mutations/file-emails.ts'
import type { OpenAccount } from './open-account.ts'
import type { UndoStack } from './undo-stack.svelte.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'

export type { Filing }

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
}

/** Resolves once it is durable. */
export async function fileAway(filing: Filing, input: FileAwayInput): Promise<FiledOutcome> {
  const { account, messages, from } = input
  const mailboxes = await account.replica.mailboxes()
  const target = targetOf(filing, mailboxes)
  if (!target) return { kind: 'nowhere' }
  const mutations = account.info.isReadOnly ? [] : fileEmails(filing, { messages, from, mailboxes })
  if (mutations.length === 0) return { kind: 'nothing', target, isThere: messages.every(isIn(target.id)) }
  input.before?.()
  await (await input.undo()).perform(account, mutations, input.label(target), messages)
  return { kind: 'filed', target }
}

function isIn(id: MailboxId): (message: RowMessage) => boolean {
  return ({ mailboxIds }) => Object.hasOwn(mailboxIds, id)
}
