/** Letters in frames cannot inherit: they are dressed anew when the theme or the reading size changes. */
import type { Attachment } from 'svelte/attachments'
import type { LetterDesk } from './letter-desk.svelte.ts'

export function watchLooks(desk: LetterDesk): Attachment<HTMLElement> {
  return (scroller) => {
    const onTheme = (): void => desk.didChangeLooks()
    const chosen = new MutationObserver(onTheme)
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const width = new ResizeObserver(() => desk.didResize(scroller.clientWidth))
    dark.addEventListener('change', onTheme)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    width.observe(scroller)
    return () => {
      dark.removeEventListener('change', onTheme)
      chosen.disconnect()
      width.disconnect()
    }
  }
}
