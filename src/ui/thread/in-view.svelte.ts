/** Whether an element can be seen, as state. Without an IntersectionObserver everything counts as in view. */
import type { Attachment } from 'svelte/attachments'

export class InView {
  readonly #margin: string
  #isSeen = $state.raw(false)

  /** `margin` as in IntersectionObserver: how far outside still counts. */
  constructor(margin = '0px') {
    this.#margin = margin
  }

  get isSeen(): boolean {
    return this.#isSeen
  }

  readonly watch: Attachment<HTMLElement> = (element) => {
    if (typeof IntersectionObserver === 'undefined') {
      this.#isSeen = true
      return undefined
    }
    const root = element.closest<HTMLElement>('[data-scroller]')
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        if (last) this.#isSeen = last.isIntersecting && document.visibilityState === 'visible'
      },
      { root, rootMargin: this.#margin },
    )
    // a hidden page shows nothing: observing anew asks for a fresh entry when it comes back
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') this.#isSeen = false
      observer.unobserve(element)
      observer.observe(element)
    }
    observer.observe(element)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }
}
