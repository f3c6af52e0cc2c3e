/** What `srcdoc` takes: a `TrustedHTML` where the browser has them. */
export type FrameDocument = string | { toString(): string }

/**
 * An opaque frame: the only place where text becomes a document, and that text is one of the constants of the build
 * (`virtual:frame`, `virtual:pdf-frame`), passed through the app's Trusted Types policy. Null: it is given an address.
 */
export function isolatedFrame(host: HTMLElement, frameDocument: FrameDocument | null): HTMLIFrameElement {
  const frame = host.ownerDocument.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.referrerPolicy = 'no-referrer'
  if (frameDocument !== null) frame.srcdoc = frameDocument as string
  return frame
}
