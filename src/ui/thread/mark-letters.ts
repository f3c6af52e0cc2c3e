/** What the reader marks in an opened conversation: done so that it can be taken back, and said. */
import { thread as t } from '../../i18n/en/thread.ts'
import { FLAG, isFlagged, SEEN } from '../../mail/keywords.ts'
import { keywordChange } from '../../state/keyword-change.ts'
import type { Email, EmailId } from '../../jmap/types.ts'
import type { Services } from '../../state/contexts.ts'
import type { ThreadView } from '../../state/thread-view.svelte.ts'

export type LetterMark = 'read' | 'unread' | 'flag'

interface MarkedIn extends Pick<Services, 'announce' | 'markPainted' | 'undo'> {
  readonly view: ThreadView
  /** The letter that has the focus. */
  readonly letter: EmailId | null
}

interface Change {
  readonly emails: readonly Email[]
  readonly keyword: string
  readonly value: boolean
  readonly words: string
}

export async function markLetters(
  { view, letter, undo, announce, markPainted }: MarkedIn,
  mark: LetterMark,
): Promise<void> {
  // The heading stands before the letters do: a key that is pressed then means them, too.
  if (view.emails.length === 0) await view.read()
  const { emails, keyword, value, words } = changeOf(view, letter, mark)
  if (emails.length === 0) return
  await (await undo()).perform(view.account, [keywordChange(emails, keyword, value)], words, emails)
  void markPainted('postern:action')
  announce(words)
}

function changeOf(view: ThreadView, letter: EmailId | null, mark: LetterMark): Change {
  if (mark === 'read') return { emails: view.seen.allUnread(), keyword: SEEN, value: true, words: t.markedRead }
  if (mark === 'unread')
    return { emails: view.seen.keepUnread(letter), keyword: SEEN, value: false, words: t.markedUnread }
  return flag(view, letter)
}

/** The letter that has the focus; without one, the newest. Of a flagged conversation that has none, every flag. */
function flag(view: ThreadView, letter: EmailId | null): Change {
  const focused = view.emails.filter(({ id }) => id === letter)
  const flagged = (focused.length > 0 ? focused : view.emails).filter(isFlagged)
  if (!view.seen.mayFlag) return { emails: [], keyword: FLAG, value: true, words: '' }
  if (flagged.length > 0) return { emails: flagged, keyword: FLAG, value: false, words: t.unflagged }
  const emails = focused.length > 0 ? focused : view.emails.slice(-1)
  return { emails, keyword: FLAG, value: true, words: t.flagged }
}
