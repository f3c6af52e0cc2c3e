/**
 * What stands for a picture from the internet until the reader allows it: a picture of its box with the alternative text
 * and the host. As SVG of our own making; in an `img` it can neither run nor load anything.
 */

export interface HeldPicture {
  readonly alt: string
  readonly host: string
  /** Its attributes in CSS px; NaN when the letter does not say. */
  readonly width: number
  readonly height: number
}

const grey = '#7d8580'
const charWidth = 7
const lineHeight = 18
const smallest = 48
const most = 5000

/** Tells of a width of `50%` nothing. */
export function lengthOf(attribute: string | null): number {
  return attribute !== null && /^\s*\d+(?:\.\d+)?(?:px)?\s*$/.test(attribute) ? Number.parseFloat(attribute) : NaN
}

/** A data URL, or null where nothing should be drawn: a tracker of a pixel, or a picture of which nothing is known. */
export function drawHeldPicture({ alt, host, width, height }: HeldPicture): string | null {
  const label = alt.trim()
  if (width < smallest || height < lineHeight || (label === '' && Number.isNaN(width) && Number.isNaN(height)))
    return null
  const lines = [label, host].filter((line) => line !== '')
  const longest = Math.max(...lines.map((line) => line.length))
  const w = Math.min(most, Number.isNaN(width) ? Math.min(400, longest * charWidth + 16) : width)
  const h = Math.min(most, Number.isNaN(height) ? lines.length * lineHeight + 12 : height)
  const shown = lines.slice(0, Math.max(1, Math.floor((h - 6) / lineHeight)))
  const room = Math.max(1, Math.floor((w - 16) / charWidth))
  const text = shown
    .map(
      (line, i) =>
        `<text x="8" y="${(i + 1) * lineHeight}">${escape(line.length > room ? `${line.slice(0, room - 1)}…` : line)}</text>`,
    )
    .join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" font-family="sans-serif" font-size="12" fill="${grey}">${text}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

function escape(text: string): string {
  // what XML does not know at all would lose the whole picture
  const known = text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
  return known.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
