/** Puts the open conversation away: archive, delete, junk, move, copy, snooze; or asks for its labels. */
import { filing as t } from '../../i18n/en/filing.ts'
import { toRowMessage } from '../../mail/thread-rows.ts'
import { afterFiling, stepAfter } from '../../state/after-filing.ts'
import { fileAway, leavesList, type Asked, type Filing } from '../../state/file-away.ts'
import { filedWords, unfiledWords } from '../../i18n/filing-words.ts'
import type { Mailbox, MailboxId } from '../../jmap/types.ts'
import { isPassedOver, type RowMessage } from '../../mail/list.ts'
import type { Services } from '../../state/contexts.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { ThreadView } from '../../state/thread-view.svelte.ts'

export type { Asked }

interface AskedOf extends Pick<Services, 'announce' | 'clock' | 'markPainted' | 'settings' | 'undo'> {
  readonly account: OpenAccount
  readonly messages: readonly RowMessage[]
  readonly from: MailboxId | undefined
  readonly what: string
  /** What is said of it, where that is not `what`. */
  readonly said?: string
}

/** What the command says, or what the reader picks where it does not; undefined for none. */
export type AskTarget = (
  asked: Asked,
  of: AskedOf,
) => Promise<{ readonly filing: Filing; readonly messages: readonly RowMessage[] } | undefined>

interface FiledIn extends Pick<Services, 'announce' | 'clock' | 'markPainted' | 'settings' | 'undo'> {
  readonly view: ThreadView
  readonly mailbox: Mailbox | undefined
  /** Counted from 0, in the list that it was opened from; undefined where it does not stand there. */
  readonly position: number | undefined
  readonly total: number | undefined
  readonly onBack: () => void
  readonly onStep: (delta: 1 | -1) => void
  readonly onAsk: AskTarget
}

export async function fileLetters(input: FiledIn, asked: Asked): Promise<void> {
  const { view, mailbox, announce, markPainted, undo, onAsk } = input
  // The heading stands before the letters do: a key that is pressed then means them, too.
  if (view.emails.length === 0) await view.read()
  const { alone, account } = view
  const emails = alone === null ? view.emails : view.emails.filter(({ id }) => id === alone)
  if (emails.length === 0) return
  // opened from a search, it may lie in another mailbox than the one that was searched from
  const from =
    mailbox && emails.some(({ mailboxIds }) => Object.hasOwn(mailboxIds, mailbox.id)) ? mailbox.id : undefined
  const isJunk = from && mailbox?.role === 'junk' && asked === 'junk'
  const messages = emails.map(toRowMessage)
  if (asked === 'trash' && from !== undefined && isPassedOver(mailbox?.role)) {
    const [{ eraseForEver }, { ask }] = await Promise.all([import('../../state/erase.ts'), import('../shared/ask.ts')])
    const before = (): void => leave(input)
    await eraseForEver({ account, messages, from, ask, before, announce, markPainted })
    return
  }
  const meant = await onAsk(isJunk ? 'notJunk' : asked, {
    ...input,
    account,
    messages,
    from,
    what: t.thisConversation,
    said: t.conversation,
  })
  if (!meant) return
  const { filing } = meant
  const outcome = await fileAway(filing, {
    account,
    undo,
    messages: meant.messages,
    from,
    label: (target) => filedWords(filing, t.conversation, target),
    before: () => {
      if (leavesList(filing, mailbox)) leave(input)
    },
  })
  if (outcome.kind !== 'filed') {
    announce(unfiledWords(filing, outcome))
    return
  }
  void markPainted('postern:action')
  announce(filedWords(filing, t.conversation, outcome.target))
}

/** While the list still knows what stands beside it. */
function leave({ view, settings, position, total, onBack, onStep }: FiledIn): void {
  const step = stepAfter(afterFiling(settings, view.account.info.key), position, total)
  if (step) onStep(step)
  else onBack()
}
