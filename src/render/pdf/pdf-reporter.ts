/** What a PDF's frame tells the app. It begins as every frame does (`frame/reporter.ts`). */
import { protocol, type FromFrame, type WindowMessage } from '../frame/protocol.ts'
import { addressOf, lendAddresses } from '../resting-link.ts'
import type { FromPdfFrame, ToPdfFrame } from './protocol.ts'

/** Keys that the app has a use for while a document is read; what scrolls stays here. */
const told = new Set(['Escape', 'ArrowLeft', 'ArrowRight', '+', '-', '0'])

export class PdfReporter {
  readonly #window: Window
  #port: MessagePort | null = null

  constructor(window: Window) {
    this.#window = window
  }

  open(obey: (message: ToPdfFrame) => void): void {
    const { document } = this.#window
    if (this.#window.origin !== 'null') {
      // served without its sandbox: better no document than one in the app's origin
      this.#toWindow({ k: protocol, refused: 'origin' })
      return
    }
    document.currentScript?.remove()
    this.#watch(document)
    const greet = (event: MessageEvent<{ k?: unknown } | null>): void => {
      const port = event.ports[0]
      if (event.source !== this.#window.parent || event.data?.k !== protocol || port === undefined) return
      // one app, one port: a second greeting is not heard
      this.#window.removeEventListener('message', greet)
      this.#port = port
      port.onmessage = ({ data }: MessageEvent<ToPdfFrame>) => {
        obey(data)
      }
      this.tell({ t: 'hello' })
    }
    this.#window.addEventListener('message', greet)
    this.#toWindow({ k: protocol, ready: 1 })
  }

  tell(message: FromFrame | FromPdfFrame): void {
    this.#port?.postMessage(message)
  }

  #toWindow(message: WindowMessage): void {
    this.#window.parent.postMessage(message, '*')
  }

  #watch(document: Document): void {
    for (const type of ['click', 'auxclick'] as const) {
      document.addEventListener(
        type,
        (event) => {
          this.#onClick(event)
        },
        true,
      )
    }
    for (const type of ['contextmenu', 'copy']) document.addEventListener(type, lendAddresses)
    document.addEventListener('keydown', (event) => {
      const { key, code, ctrlKey: ctrl, metaKey: meta, altKey: alt, shiftKey: shift, isComposing } = event
      if (isComposing || ctrl || meta || alt || !told.has(key)) return
      // a page that is wider than its frame is moved by these
      const root = document.documentElement
      if (key.startsWith('Arrow') && root.scrollWidth > root.clientWidth) return
      this.tell({ t: 'key', key, code, ctrl, meta, alt, shift })
    })
    for (const type of ['pointerover', 'focusin'] as const) {
      document.addEventListener(type, (event) => {
        this.tell({ t: 'target', href: linkOf(event) })
      })
    }
    for (const type of ['pointerleave', 'focusout'] as const) {
      document.addEventListener(type, () => {
        this.tell({ t: 'target', href: null })
      })
    }
    document.addEventListener('securitypolicyviolation', (event) => {
      this.tell({ t: 'csp', directive: event.effectiveDirective })
    })
  }

  #onClick(event: MouseEvent): void {
    const link = linkOf(event)
    if (link === null) return
    event.preventDefault()
    if (event.type === 'auxclick' && event.button !== 1) return
    this.#toWindow({ k: protocol, link: { href: link, text: '' } })
  }
}

function linkOf(event: Event): string | null {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  return link && addressOf(link)
}
