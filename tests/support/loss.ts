/** What a reader loses when text grows, the window shrinks or the page is mirrored. */
import type { Page } from 'playwright'

/** Text that is cut off without an ellipsis, and controls outside the window that no scrolling leads to. */
export function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const isOutOfReach = (element: Element): boolean => {
      const { top, bottom } = element.getBoundingClientRect()
      // In the top layer: nothing that it stands in cuts it off.
      const isOnTop = element.matches(':popover-open')
      for (let box = isOnTop ? null : element.parentElement; box; box = box.parentElement) {
        const { overflowY } = getComputedStyle(box)
        if (overflowY === 'auto' || overflowY === 'scroll') return false
        const edge = box.getBoundingClientRect()
        if (overflowY !== 'visible' && (bottom > edge.bottom + 2 || top < edge.top - 2)) return true
      }
      return bottom > innerHeight + 2 || top < -2
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) faults.push('the page scrolls sideways')
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      // A row that was pulled aside is out of the window because the reader pulled it there.
      const aside = '.spoken, [inert], [aria-hidden=true] svg, .skips, svg, iframe, [data-swiped]'
      const isAside = element.closest(aside) !== null
      if (isAside || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const style = getComputedStyle(element)
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
      )
      const isCut = element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2
      if (hasText && isCut && style.overflow === 'hidden' && style.textOverflow !== 'ellipsis')
        faults.push(`cut: ${element.className} ${element.textContent.slice(0, 40)}`)
      const { left, right, width } = element.getBoundingClientRect()
      const isControl =
        element.matches('a[href], button, input, [role=menu], [role=dialog]') && style.clipPath === 'none'
      const isOut = left < -1 || right > innerWidth + 1 || isOutOfReach(element)
      if (isControl && width > 0 && isOut)
        faults.push(
          `out: ${element.className} ${element.textContent.slice(0, 40)} ${JSON.stringify(element.getBoundingClientRect())}`,
        )
    }
    return faults
  })
}
