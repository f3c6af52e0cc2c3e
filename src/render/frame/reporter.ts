/** What the frame tells the app: size, keys, links, and when something is wrong. */
import type { LetterKey, LetterLink } from '../letter.ts'
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
    root.classList.toggle('postern-tall', height > maxHeight)
    if (root.className === '') root.removeAttribute('class')
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
    const measure = (): void => {
      this.measure()
    }
    new ResizeObserver(measure).observe(document.documentElement)
    // on `window` these never arrive; below the fold they are all that Chromium reports of a late picture
    document.addEventListener('load', measure, true)
    document.addEventListener('error', measure, true)
    document.addEventListener('toggle', measure, true)
    document.addEventListener(
      'click',
      (event) => {
        this.#onClick(event)
      },
      true,
    )
    document.addEventListener(
      'auxclick',
      (event) => {
        this.#onClick(event)
      },
      true,
    )
    let pointer = ''
    document.addEventListener('pointerdown', (event) => {
      pointer = event.pointerType
    })
    document.addEventListener('dblclick', (event) => {
      // with a mouse it marks a word
      if (pointer !== 'mouse' && anchorOf(event) === null && this.#fit.toggle()) this.measure()
    })
    document.addEventListener('keydown', (event) => {
      this.#onKey(event)
    })
    for (const type of ['pointerover', 'focusin'] as const) {
      document.addEventListener(type, (event) => {
        this.#onTarget(event)
      })
    }
    document.addEventListener('pointerleave', () => {
      this.toPort({ t: 'target', href: null })
    })
    document.addEventListener('focusout', () => {
      this.toPort({ t: 'target', href: null })
    })
    document.addEventListener('securitypolicyviolation', (event) => {
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
    const href = anchor.getAttribute('href') ?? ''
    if (href.startsWith('#')) {
      this.#goTo(href.slice(1))
      return
    }
    const link: LetterLink = {
      href,
      text: anchor.textContent.slice(0, 500),
      button: event.button,
      ctrl: event.ctrlKey,
      meta: event.metaKey,
      shift: event.shiftKey,
    }
    this.toWindow({ k: protocol, link })
  }

  #goTo(id: string): void {
    const { document } = this.#window
    const target = document.getElementById(id) ?? [...document.getElementsByName(id)][0]
    const y = id === '' || id === 'top' ? 0 : target?.getBoundingClientRect().top
    if (y !== undefined) this.toPort({ t: 'anchor', y: y + this.#window.scrollY })
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
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

  #onTarget(event: Event): void {
    this.toPort({ t: 'target', href: anchorOf(event)?.getAttribute('href') ?? null })
  }
}

function anchorOf(event: Event): HTMLAnchorElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
}
