/**
 * Axe in the page itself: its own builder for Playwright injects into every frame and opens a window for each answer,
 * which takes ten times as long. It cannot look into the opaque frames of letters either way.
 */
import axe from 'axe-core'
import type { Page } from 'playwright'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe leaves to a person, and what was found: a menu that scrolls follows the focus of its items, which the arrows
 * move; where a letter stands under the fold of its pane, its button is as large as where it can be measured; and a list
 * of no messages has no items; and a frame that comes while axe looks hides which heading came before (what it can tell
 * to be out of order is a fault all the same).
 */
const reviewed = ['scrollable-region-focusable', 'target-size', 'aria-required-children', 'heading-order']

/**
 * Faults by all rules of WCAG 2.2 AA and axe's best practice, or by these only; of the app's own document, without
 * letters. Contrast that axe cannot tell (text under a menu, beside a drawn mark) is reckoned from the text's own box;
 * what left the page meanwhile (the count of a mailbox whose last letter was read) has none.
 */
export async function axeFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options: axe.RunOptions = {
    runOnly: rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: standards },
    rules: rules ? {} : { 'target-size': { enabled: true } },
    resultTypes: ['violations', 'incomplete'],
    elementRef: true,
    iframes: false,
  }
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(judge, { options, reviewed })
}

async function judge(given: { options: axe.RunOptions; reviewed: readonly string[] }): Promise<string[]> {
  const run = (window as unknown as { axe: typeof axe }).axe
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })

  /** The bytes of a colour, after those that lie under it. */
  function paint(colours: readonly string[]): number[] {
    if (!pen) throw new Error('no canvas')
    pen.globalCompositeOperation = 'source-over'
    for (const colour of ['white', ...colours]) {
      pen.fillStyle = colour
      pen.fillRect(0, 0, 1, 1)
    }
    return [...pen.getImageData(0, 0, 1, 1).data]
  }

  function luminance(bytes: readonly number[]): number {
    const [red = 0, green = 0, blue = 0] = bytes.map((byte) => {
      const part = byte / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  /** WCAG's ratio of a text to what is drawn behind it by its own box and those around it. */
  function ratioOf(element: Element): number {
    const under: string[] = []
    for (let box: Element | null = element; box; box = box.parentElement)
      under.unshift(getComputedStyle(box).backgroundColor)
    const back = luminance(paint(under))
    const text = luminance(paint([...under, getComputedStyle(element).color]))
    return (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05)
  }

  function needOf(element: Element): number {
    const { fontSize, fontWeight } = getComputedStyle(element)
    const size = parseFloat(fontSize)
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5
  }

  const { violations, incomplete } = await run.run({ exclude: [['iframe']] }, given.options)
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  )
  for (const { id, nodes } of incomplete) {
    for (const { element, html, failureSummary } of nodes.filter((node) => node.element?.isConnected !== false)) {
      const ratio = id === 'color-contrast' && element ? ratioOf(element) : 0
      const isFound = given.reviewed.includes(id) || (element !== undefined && ratio >= needOf(element))
      if (!isFound)
        faults.push(`${id}, not judged, ratio ${String(ratio)}: ${html.slice(0, 200)} ${failureSummary ?? ''}`)
    }
  }
  return faults
}
