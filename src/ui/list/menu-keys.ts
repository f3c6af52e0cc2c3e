/** How keys move the focus in a menu (ARIA, menu pattern): arrows go round, letters find an item by its first one. */
export function menuTarget(
  items: readonly HTMLElement[],
  active: Element | null,
  key: string,
): HTMLElement | undefined {
  const here = items.findIndex((item) => item === active)
  switch (key) {
    case 'ArrowDown':
      return items[(here + 1) % items.length]
    case 'ArrowUp':
      return items[(Math.max(here, 0) + items.length - 1) % items.length]
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default:
      if (key.length !== 1 || key === ' ') return undefined
      return [...items.slice(here + 1), ...items].find((item) =>
        item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
      )
  }
}
