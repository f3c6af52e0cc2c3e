/**
 * One mail frame in its host element: design A (srcdoc, no network at all) for every letter, the open page for a letter
 * whose remote pictures were allowed. Moving it in the DOM reloads it, but by `moveBefore`.
 */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import { FrameLine } from './frame-line.ts'
import { readReport, type FrameReport } from './frame-messages.ts'
import type { ToFrame } from './frame/protocol.ts'
import { isolatedFrame, type FrameDocument } from './isolated-frame.ts'
import { letterText } from './letter-text.ts'
import type { ImageSource, LetterFrameEvents, LetterTheme, LetterTree } from './letter.ts'

export interface LetterFrameDeps {
  readonly clock: Clock
  /** The constant frame document (`virtual:frame`), passed through the app's Trusted Types policy. */
  readonly frameDocument: FrameDocument
  /** Served with the policy that allows https pictures. */
  readonly openUrl?: string
}

/** closed: pictures from the letter itself only; open: https pictures too. */
export type FrameMode = 'closed' | 'open'

export interface LetterContent {
  readonly id: string
  readonly tree: LetterTree
  readonly images: readonly ImageSource[]
  /** The app's looks; taken by simple letters only. */
  readonly theme: LetterTheme
  /** The letter's own looks, whatever the theme: "Show as sent". */
  readonly asSent?: boolean
  /** Null: quotes stand open, as on paper. */
  readonly quoteLabel: ((lines: number) => string) | null
}

const patience = 3000
/** On top, for large letters on slow machines. */
const msPerOp = 0.05
/** Chromium paints nothing off screen, so a letter that is done counts as painted after this. */
const paintPatience = 250

export class LetterFrame {
  readonly element: HTMLIFrameElement
  readonly mode: FrameMode
  readonly #deps: LetterFrameDeps
  readonly #line: FrameLine<ToFrame>
  readonly #timers = new Map<'ready' | 'done' | 'painted', () => void>()
  #events: LetterFrameEvents | null = null
  #waiting: ToFrame[] = []
  #renderId: string | null = null
  #state: 'opening' | 'ready' | 'gone' = 'opening'
  #height = 0
  #onFound: ((count: number, y: number) => void) | null = null

  constructor(host: HTMLElement, mode: FrameMode, deps: LetterFrameDeps) {
    this.#deps = deps
    this.mode = mode
    const frame = isolatedFrame(host, mode === 'closed' ? deps.frameDocument : null)
    this.element = frame
    this.#line = new FrameLine<ToFrame>(frame, deps.clock, {
      onOpen: () => {
        for (const message of this.#waiting.splice(0)) this.#line.send(message)
      },
      onReport: (data) => {
        const report = readReport(data)
        if (report !== null) this.#onReport(report)
      },
      onLink: (link) => {
        if (this.#renderId !== null) this.#events?.onLink(link)
      },
      onBroken: (reason) => {
        this.#fail(reason)
      },
    })
    if (mode === 'open') {
      // where a browser knows it, not even a picture's own host is told who was there before
      frame.setAttribute('credentialless', '')
      frame.src = deps.openUrl ?? `${basePath}/reader-open.html`
    }
    this.#startTimer('ready', patience, 'silent')
    host.append(frame)
  }

  get isGone(): boolean {
    return this.#state === 'gone'
  }

  /** Height of the letter that stands in it, for a place that outlives its frame. */
  get height(): number {
    return this.#height
  }

  /** Shows a letter and reports to `events` from now on; before the frame is ready it waits. */
  render(content: LetterContent, events: LetterFrameEvents): void {
    if (this.isGone) {
      events.onFailed('gone')
      return
    }
    const { tree } = content
    const images = content.images.map((source) => this.#allowed(source))
    this.#events = events
    this.#renderId = content.id
    const theme = tree.isDesigned || content.asSent === true ? null : content.theme
    this.element.classList.toggle('is-own-paper', theme === null && !tree.isDarkened)
    this.#startTimer('done', patience + tree.ops.length * msPerOp, 'slow')
    this.#send({
      t: 'render',
      id: content.id,
      letter: letterText(tree),
      images,
      held: tree.images.map((image, index) =>
        image.kind === 'remote' && !images[index] ? new URL(image.url).host : '',
      ),
      theme,
      dark: tree.isDarkened ? content.theme : null,
      quoteLabels: content.quoteLabel && tree.quoteLines.map(content.quoteLabel),
    })
  }

  /** Another place shows what stands in it, and hears of it from now on. */
  follow(events: LetterFrameEvents): void {
    this.#events = events
  }

  /** Nobody shows it: what it holds stays until the next letter, and nothing is heard of it. */
  silence(): void {
    this.#stopTimer('done')
    this.#stopTimer('painted')
    this.#events = null
    this.#renderId = null
  }

  /** A picture that was still on its way at `render`. */
  setImage(index: number, source: ImageSource): void {
    if (!this.isGone) this.#send({ t: 'image', index, source: this.#allowed(source) })
  }

  /** Empties it for the next letter. */
  clear(): void {
    this.silence()
    if (!this.isGone) this.#send({ t: 'clear' })
  }

  /** After its width has changed while it was off screen. */
  measure(): void {
    if (!this.isGone) this.#send({ t: 'measure' })
  }

  /** Marks words in the letter; answers once, unless the frame goes or the next question comes first. */
  find(needle: string, current: number, onFound: (count: number, y: number) => void): void {
    if (this.isGone || this.#renderId === null) {
      onFound(0, 0)
      return
    }
    this.#onFound = onFound
    this.#send({ t: 'find', needle, current })
  }

  focus(): void {
    this.element.focus()
  }

  destroy(): void {
    this.#state = 'gone'
    for (const name of [...this.#timers.keys()]) this.#stopTimer(name)
    this.#line.close()
    this.#events = null
    this.element.remove()
  }

  /** A closed frame never learns a remote address. */
  #allowed(source: ImageSource): ImageSource {
    return this.mode === 'closed' && typeof source === 'string' && !source.startsWith('data:') ? null : source
  }

  #send(message: ToFrame): void {
    if (!this.#line.isOpen) {
      // what has not been said yet is replaced by the next letter
      if (message.t !== 'image') this.#waiting = []
      this.#waiting.push(message)
    } else this.#line.send(message)
  }

  #onReport(report: FrameReport): void {
    switch (report.kind) {
      case 'hello':
        this.#state = 'ready'
        this.#stopTimer('ready')
        break
      case 'size':
        if (this.#renderId === null) break
        this.#height = report.height
        this.#events?.onSize(report.height, report.width)
        break
      case 'done':
        if (report.id !== this.#renderId) break
        this.#stopTimer('done')
        this.#timers.set(
          'painted',
          this.#deps.clock.after(paintPatience, () => {
            this.#painted(report.id)
          }),
        )
        break
      case 'painted':
        this.#painted(report.id)
        break
      case 'key':
        this.#events?.onKey(report.press)
        break
      case 'target':
        this.#events?.onLinkTarget(report.href)
        break
      case 'anchor':
        this.#events?.onAnchor?.(report.y)
        break
      case 'found':
        this.#onFound?.(report.count, report.y)
        this.#onFound = null
        break
      case 'broken':
        this.#fail(report.reason)
    }
  }

  #painted(id: string): void {
    if (id !== this.#renderId || !this.#timers.has('painted')) return
    this.#stopTimer('painted')
    this.#events?.onPainted(id)
  }

  #startTimer(name: 'ready' | 'done', ms: number, reason: string): void {
    this.#stopTimer(name)
    this.#timers.set(
      name,
      this.#deps.clock.after(ms, () => {
        this.#fail(reason)
      }),
    )
  }

  #stopTimer(name: 'ready' | 'done' | 'painted'): void {
    this.#timers.get(name)?.()
    this.#timers.delete(name)
  }

  #fail(reason: string): void {
    if (this.isGone) return
    const events = this.#events
    this.destroy()
    events?.onFailed(reason)
  }
}
