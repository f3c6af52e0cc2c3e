/** Where in the conversation the reader is: which letter has the focus, and how a letter is brought into view. */
import type { Target } from '../../state/thread-view.svelte.ts'
import type { EmailId } from '../../jmap/types.ts'

/** The letter that holds the focus, its frame's included. */
export function focusedLetter(main: HTMLElement): EmailId | null {
  const focused = main.ownerDocument.activeElement
  if (!focused || !main.contains(focused)) return null
  return (focused.closest<HTMLElement>('article[data-email-id]')?.dataset.emailId ?? null) as EmailId | null
}

/** Shows or hides the details of a letter that stands open. */
export function toggleDetails(main: HTMLElement, id: EmailId): void {
  const articles = [...main.querySelectorAll<HTMLElement>('article[data-email-id]')]
  const article = articles.find((one) => one.dataset.emailId === id)
  article?.querySelector<HTMLElement>('[data-details]')?.click()
}

/** The window onto a conversation's letters. */
export class ReadingPlace {
  #scroller: HTMLElement | undefined
  /** As the last scroll event left it: asking the node would lay the conversation out at once. */
  #isAtTop = true

  /** For `{@attach}`. */
  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller
    const onScroll = (): void => {
      this.#isAtTop = scroller.scrollTop === 0
    }
    scroller.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      scroller.removeEventListener('scroll', onScroll)
      this.#scroller = undefined
    }
  }

  /** A letter that stands in the upper half already, below its subject, stays where it is. */
  bring(target: Target): void {
    const scroller = this.#scroller
    const articles = [...(scroller?.querySelectorAll<HTMLElement>('article[data-email-id]') ?? [])]
    const article = articles.find((one) => one.dataset.emailId === target.emailId)
    if (!scroller || !article) return
    // The first letter stands below the subject, whatever its height.
    const isPlaced = this.#isAtTop && article === articles[0]
    if (!isPlaced) {
      const top = article.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
      scroller.scrollTop = top < scroller.clientHeight / 2 ? 0 : top
    }
    if (target.focus) article.querySelector<HTMLElement>('[data-fold]')?.focus({ preventScroll: true })
  }
}
