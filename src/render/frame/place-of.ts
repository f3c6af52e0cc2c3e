/**
 * Where an element or a run of text stands, in px of the frame and from the top of its window. WebKit tells of what is in a
 * scaled body (`WidthFit`) in px of the letter's own, other engines in those of the frame.
 */
export function topOf(place: Element | Range, { body }: Document): number {
  const { top } = place.getBoundingClientRect()
  const scale = Number(body.style.getPropertyValue('zoom') || 1)
  // `offsetWidth` is in px of the letter's own everywhere
  const told = body.getBoundingClientRect().width / body.offsetWidth
  return told > (1 + scale) / 2 ? top * scale : top
}
