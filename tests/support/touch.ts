/** What fingers need of a page (issue 5, "On the home screen"): targets of 44 px, and fields that do not zoom it. */
import type { Page } from 'playwright'

/**
 * What may be smaller. Links within running text are as high as its line (WCAG 2.5.8, "inline"); a row's whole line opens
 * what its own small parts stand for.
 */
const exempt = 'p a, .plain a, .skips a'

/** Interactive elements in view whose target is under 44 px, or whose text is under 16 px where one types. */
export function touchFaults(page: Page): Promise<string[]> {
  return page.evaluate((smaller) => {
    const interactive =
      'button, a[href], input, select, textarea, summary, [role=button], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=option], [role=treeitem], [role=switch], [role=radio], [role=tab]'
    const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
    const say = (element: Element, what: string): string =>
      `${element.localName}.${element.className} "${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30)}" ${what}`
    return [...top.querySelectorAll<HTMLElement>(interactive)].flatMap((element) => {
      const style = getComputedStyle(element)
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      if (!isSeen || style.clipPath !== 'none' || element.closest('[inert]') || element.matches(smaller)) return []
      const faults: string[] = []
      const types = element.matches('input:not([type=checkbox], [type=radio], [type=range]), select, textarea')
      if (types && parseFloat(style.fontSize) < 16) faults.push(say(element, `zooms: ${style.fontSize}`))
      // What extends the target: a label, and what is drawn around it without layout.
      const boxes = [element.closest('label') ?? element, ...(element.matches('input') ? [element] : [])].map((one) =>
        one.getBoundingClientRect(),
      )
      const sizes = boxes.map(({ width, height }) => [width, height] as const)
      for (const pseudo of ['::before', '::after']) {
        const drawn = getComputedStyle(element, pseudo)
        if (drawn.content !== 'none' && drawn.position === 'absolute')
          sizes.push([parseFloat(drawn.width) || 0, parseFloat(drawn.height) || 0])
      }
      const width = Math.max(...sizes.map(([wide]) => wide))
      const height = Math.max(...sizes.map(([, high]) => high))
      if (width < 43.5 || height < 43.5)
        faults.push(say(element, `${String(Math.round(width))}x${String(Math.round(height))}`))
      return faults
    })
  }, exempt)
}
