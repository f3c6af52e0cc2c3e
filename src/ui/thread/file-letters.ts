/** Puts the open conversation away: archive, delete, junk. */
import { filing as t } from '../../i18n/en/filing.ts'
import { toRowMessage } from '../../mail/thread-rows.ts'
import { fileAway, type Filing } from '../../state/file-away.ts'
import { filedWords, unfiledWords } from '../../i18n/filing-words.ts'
import type { Mailbox } from '../../jmap/types.ts'
import type { Services } from '../../state/contexts.ts'
import type { ThreadView } from '../../state/thread-view.svelte.ts'

interface FiledIn extends Pick<Services, 'announce' | 'markPainted' | 'undo'> {
  readonly view: ThreadView
  readonly mailbox: Mailbox | undefined
  /** Counted from 0, in the list that it was opened from; undefined where it does not stand there. */
  readonly position: number | undefined
  readonly total: number | undefined
  readonly onBack: () => void
  readonly onStep: (delta: 1 | -1) => void
}

export async function fileLetters(input: FiledIn, filing: Filing): Promise<void> {
  const { view, mailbox, announce, markPainted, undo } = input
  const { alone } = view
  const emails = alone === null ? view.emails : view.emails.filter(({ id }) => id === alone)
  if (emails.length === 0) return
  const outcome = await fileAway(filing, {
    account: view.account,
    undo,
    messages: emails.map(toRowMessage),
    from: mailbox?.id,
    label: (target) => filedWords(filing, t.conversation, target),
    before: () => leave(input),
  })
  if (outcome.kind !== 'filed') {
    announce(unfiledWords(filing, outcome))
    return
  }
  void markPainted('postern:action')
  announce(filedWords(filing, t.conversation, outcome.target))
}

/** On to the next conversation while the list still knows which that is; at its end to the one before; alone, back. */
function leave({ position, total = 0, onBack, onStep }: FiledIn): void {
  if (position === undefined || total < 2) onBack()
  else onStep(position + 1 < total ? 1 : -1)
}
