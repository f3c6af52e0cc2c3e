/** Deletes messages for ever. It is no step that could be taken back: who calls it has asked. */
import { erase as t } from '../i18n/en/erase.ts'
import { eraseEmails } from '../mutations/erase-emails.ts'
import { filing } from '../i18n/en/filing.ts'
import type { MailboxId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import type { Services } from './contexts.ts'
import type { OpenAccount } from './open-account.ts'

interface Question {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
}

interface EraseInput extends Pick<Services, 'announce' | 'markPainted'> {
  readonly account: OpenAccount
  readonly messages: readonly RowMessage[]
  /** The mailbox whose list they stand in. */
  readonly from: MailboxId | undefined
  /** In words: "3 conversations"; left out for the one that is open. */
  readonly what?: string
  readonly ask: (question: Question) => Promise<boolean>
  /** Just before it is done: the list still has the rows. */
  readonly before: () => void
  /** It is durable: what shows it is read again. */
  readonly after?: () => Promise<void>
}

export async function eraseForEver(input: EraseInput): Promise<void> {
  const { account, messages, from, what, ask, announce } = input
  if (from === undefined) return
  const mailboxes = await account.replica.mailboxes()
  const { mutations, hasKept } = eraseEmails(messages, from, mailboxes)
  if (mutations.length === 0 || account.info.isReadOnly) {
    announce(filing.forbidden)
    return
  }
  const text = hasKept ? `${t.cannotUndo} ${t.kept}` : t.cannotUndo
  if (!(await ask({ title: t.title(what ?? filing.thisConversation), text, yes: t.yes, no: t.no }))) return
  input.before()
  for (const mutation of mutations) await account.replica.appendMutation(mutation)
  account.port.pokeOutbox()
  await input.after?.()
  void input.markPainted('postern:action')
  announce(t.erased(what ?? filing.conversation))
}
