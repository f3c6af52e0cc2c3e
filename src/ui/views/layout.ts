/** How many panes there are: the shell asks for width, not for device (design §2). */
export type Layout = 'three' | 'two' | 'stack'

export function layoutFor(width: number): Layout {
  if (width >= 1200) return 'three'
  return width >= 720 ? 'two' : 'stack'
}
