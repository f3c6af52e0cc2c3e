/** A click on the link of a row opens it; with a key held it ticks, as in lists of the desk. */
export interface PressedRow {
  readonly isSelected: boolean
  readonly maySelect: boolean
  readonly onOpen: () => void
  readonly onSelect: (isSelected: boolean, extend: boolean) => void
}

export function pressRow(event: MouseEvent, { isSelected, maySelect, onOpen, onSelect }: PressedRow): void {
  const { shiftKey, altKey } = event
  const isSelecting = shiftKey || event.ctrlKey || event.metaKey
  // What Alt does, and a new tab by the middle button, is the browser's business: the row is a link.
  if (altKey || (isSelecting && !maySelect)) return
  event.preventDefault()
  if (isSelecting) onSelect(shiftKey || !isSelected, shiftKey)
  else onOpen()
}
