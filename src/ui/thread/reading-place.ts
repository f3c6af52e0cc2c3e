/** Where in the conversation the reader is: which letter has the focus, and how a letter is brought into view. */
import type { Target } from '../../state/thread-view.svelte.ts'
import type { EmailId } from '../../jmap/types.ts'

/** The letter that holds the focus, its frame's included. */
export function focusedLetter(main: HTMLElement): EmailId | null {
  const focused = main.ownerDocument.activeElement
  if (!focused || !main.contains(focused)) return null
  return (focused.closest<HTMLElement>('article[data-email-id]')?.dataset.emailId ?? null) as EmailId | null
}

/** A letter that stands in the upper half already, below its subject, stays where it is. */
export function bringIntoView(scroller: HTMLElement, target: Target): void {
  const articles = [...scroller.querySelectorAll<HTMLElement>('article[data-email-id]')]
  const article = articles.find((one) => one.dataset.emailId === target.emailId)
  if (!article) return
  const top = article.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
  scroller.scrollTop = top < scroller.clientHeight / 2 ? 0 : top
  if (target.focus) article.querySelector<HTMLElement>('[data-fold]')?.focus({ preventScroll: true })
}
