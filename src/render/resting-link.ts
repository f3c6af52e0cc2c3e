/**
 * A link of a letter while nobody has confirmed it. Chromium looks up and connects to what a link names as soon as it is
 * pressed, before any script hears of the press (measured), and others may sooner: so no link names it. In the fragment
 * of `about:blank` an address leads nowhere, and the link stays one to the eye, the keyboard, a screen reader and the
 * letter's own sheets.
 */
const rest = 'about:blank#'

export function restingHref(address: string): string {
  return rest + address
}

/** Where it leads. */
export function addressOf(link: Element): string {
  return (link.getAttribute('href') ?? '').replace(rest, '')
}

/**
 * For `contextmenu` and `copy` at a document: the browser's menu and the clipboard take the address as soon as this event
 * is over. For that long, it is there.
 */
export function lendAddresses({ type, target, currentTarget }: Event): void {
  for (const link of (currentTarget as Document).links) {
    const address = addressOf(link)
    if (address === link.getAttribute('href') || (type !== 'copy' && !link.contains(target as Node))) continue
    link.setAttribute('href', address)
    setTimeout(() => link.setAttribute('href', restingHref(address)))
  }
}
