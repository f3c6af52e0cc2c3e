/** What the frame tells the app: size, keys, links, and when something is wrong. */
import type { LetterKey } from '../letter.ts'
import { addressOf, lendAddresses } from '../resting-link.ts'
import { mark } from './own-values.ts'
import { topOf } from './place-of.ts'
import { WidthFit } from './width-fit.ts'
import { protocol, type FromFrame, type WindowMessage } from './protocol.ts'

const maxHeight = 20_000

export class Reporter {
  readonly #window: Window
  readonly #parent: Window
  #port: MessagePort | null = null
  readonly #fit: WidthFit
  #height = -1
  #width = -1

  constructor(window: Window) {
    this.#window = window
    this.#parent = window.parent
    this.#fit = new WidthFit(window)
  }

  /** The app's origin is unknown to an opaque frame, so `*`: nothing of the letter but a clicked link goes this way. */
  toWindow(message: WindowMessage): void {
    this.#parent.postMessage(message, '*')
  }

  connect(port: MessagePort): void {
    this.#port = port
    this.toPort({ t: 'hello' })
  }

  toPort(message: FromFrame): void {
    this.#port?.postMessage(message)
  }

  /**
   * By a forced layout and not by waiting for an observer: Chromium runs neither rAF nor ResizeObserver in a frame that
   * is off screen.
   */
  measure(): void {
    const root = this.#window.document.documentElement
    this.#fit.apply()
    const isWide = root.scrollWidth > root.clientWidth
    const scrollBar = isWide ? this.#window.innerHeight - root.clientHeight : 0
    const height = Math.ceil(root.getBoundingClientRect().height) + Math.max(0, scrollBar)
    root.toggleAttribute('data-tall', height > maxHeight)
    const width = root.scrollWidth
    if (height === this.#height && width === this.#width) return
    this.#height = height
    this.#width = width
    this.toPort({ t: 'size', h: height, w: width })
  }

  forget(): void {
    this.#fit.reset()
    this.#height = -1
    this.#width = -1
  }

  watch(): void {
    const { document } = this.#window
    const on = <T extends keyof DocumentEventMap>(
      types: readonly T[],
      act: (event: DocumentEventMap[T]) => void,
      isCaptured = false,
    ): void => {
      for (const type of types) document.addEventListener(type, act, isCaptured)
    }
    const measure = (): void => {
      this.measure()
    }
    new ResizeObserver(measure).observe(document.documentElement)
    // on `window` these never arrive; below the fold they are all that Chromium reports of a late picture
    on(['load', 'error', 'toggle'], measure, true)
    on(
      ['click', 'auxclick'],
      (event) => {
        this.#onClick(event)
      },
      true,
    )
    on(['contextmenu', 'copy'], lendAddresses)
    let pointer = ''
    on(['pointerdown'], (event) => {
      pointer = event.pointerType
    })
    on(['dblclick'], (event) => {
      // with a mouse it marks a word
      if (pointer !== 'mouse' && anchorOf(event) === null && this.#fit.toggle()) this.measure()
    })
    on(['keydown'], (event) => {
      this.#onKey(event)
    })
    on(['pointerover', 'focusin'], (event) => {
      const anchor = anchorOf(event)
      this.toPort({ t: 'target', href: anchor && addressOf(anchor) })
    })
    on(['pointerleave', 'focusout'], () => {
      this.toPort({ t: 'target', href: null })
    })
    on(['securitypolicyviolation'], (event) => {
      this.toPort({ t: 'csp', directive: event.effectiveDirective })
    })
    this.#window.addEventListener('error', (event) => {
      // no failure: the observer was put off to the next frame
      if (event.message.startsWith('ResizeObserver')) return
      this.toPort({ t: 'error', message: event.message.slice(0, 200) })
    })
  }

  #onClick(event: MouseEvent): void {
    const anchor = anchorOf(event)
    if (anchor === null) return
    event.preventDefault()
    if (event.type === 'auxclick' && event.button !== 1) return
    const href = addressOf(anchor)
    if (href.startsWith('#')) {
      this.#goTo(href.slice(1))
      return
    }
    this.toWindow({ k: protocol, link: { href, text: anchor.textContent.slice(0, 500) } })
  }

  #goTo(id: string): void {
    const { document } = this.#window
    const target = document.getElementById(id) ?? document.getElementsByName(id)[0]
    const y = /^(?:top)?$/.test(id.slice(mark.length)) ? 0 : target && topOf(target, document)
    if (y !== undefined) this.toPort({ t: 'anchor', y: y + this.#window.scrollY })
  }

  #onKey(event: KeyboardEvent): void {
    // What has the focus is pressed by these: they mean nothing to the app, which would fold the letter.
    const isPress = event.key === 'Enter' || event.key === ' '
    const isHeard = isPress && event.target instanceof Element && event.target.closest('a[href],button,summary')
    if (event.isComposing || isHeard) return
    const key: LetterKey = {
      key: event.key,
      code: event.code,
      ctrl: event.ctrlKey,
      meta: event.metaKey,
      alt: event.altKey,
      shift: event.shiftKey,
    }
    this.toPort({ t: 'key', ...key })
  }
}

function anchorOf(event: Event): HTMLAnchorElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
}
