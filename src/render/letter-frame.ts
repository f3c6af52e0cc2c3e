/**
 * One mail frame in its host element: design A (srcdoc, no network at all) for every letter, the open page for a letter
 * whose remote pictures were allowed. Moving it in the DOM reloads it, but by `moveBefore`.
 */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import { readCall, readReport, type FrameReport } from './frame-messages.ts'
import { protocol, type ToFrame } from './frame/protocol.ts'
import type { ImageSource, LetterFrameEvents, LetterTheme, LetterTree } from './letter.ts'

export interface LetterFrameDeps {
  readonly clock: Clock
  /** The constant frame document (`virtual:frame`), passed through the app's Trusted Types policy. */
  readonly frameDocument: TrustedHtml
  /** Served with the policy that allows https pictures. */
  readonly openUrl?: string
}

/** What `srcdoc` takes: a `TrustedHTML` where the browser has them. */
type TrustedHtml = string | { toString(): string }

/** closed: pictures from the letter itself only; open: https pictures too. */
export type FrameMode = 'closed' | 'open'

export interface LetterContent {
  readonly id: string
  readonly tree: LetterTree
  readonly images: readonly ImageSource[]
  /** The app's looks; taken by simple letters only. */
  readonly theme: LetterTheme
  /** Designed letters keep their own looks even in a dark theme; "Show as sent" asks it for any letter. */
  readonly asSent?: boolean
  /** Null: quotes stand open, as on paper. */
  readonly quoteLabel: ((lines: number) => string) | null
}

const patience = 3000
/** On top, for large letters on slow machines. */
const msPerOp = 0.05
/** Chromium paints nothing off screen, so a letter that is done counts as painted after this. */
const paintPatience = 250
const maxMessagesPerSecond = 400

export class LetterFrame {
  readonly element: HTMLIFrameElement
  readonly mode: FrameMode
  readonly #deps: LetterFrameDeps
  readonly #window: Window
  readonly #timers = new Map<'ready' | 'done' | 'painted', () => void>()
  #events: LetterFrameEvents | null = null
  #port: MessagePort | null = null
  #waiting: ToFrame[] = []
  #loads = 0
  #messages = { second: 0, count: 0 }
  #renderId: string | null = null
  #state: 'opening' | 'ready' | 'gone' = 'opening'
  #height = 0
  #onFound: ((count: number, y: number) => void) | null = null

  constructor(host: HTMLElement, mode: FrameMode, deps: LetterFrameDeps) {
    this.#deps = deps
    this.mode = mode
    const document = host.ownerDocument
    this.#window = document.defaultView ?? window
    const frame = document.createElement('iframe')
    this.element = frame
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.referrerPolicy = 'no-referrer'
    frame.addEventListener('load', this.#onLoad)
    this.#window.addEventListener('message', this.#onWindowMessage)
    if (mode === 'closed') frame.srcdoc = deps.frameDocument as string
    else frame.src = deps.openUrl ?? `${basePath}/reader-open.html`
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
    this.element.classList.toggle('is-own-paper', theme === null)
    this.#startTimer('done', patience + tree.ops.length * msPerOp, 'slow')
    this.#send({
      t: 'render',
      id: content.id,
      quirks: tree.quirks,
      ops: tree.ops,
      styles: tree.styles,
      sheets: tree.sheets,
      images,
      held: tree.images.map((image, index) =>
        image.kind === 'remote' && !images[index] ? new URL(image.url).host : '',
      ),
      theme,
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
    this.#window.removeEventListener('message', this.#onWindowMessage)
    this.element.removeEventListener('load', this.#onLoad)
    this.#port?.close()
    this.#port = null
    this.#events = null
    this.element.remove()
  }

  /** A closed frame never learns a remote address. */
  #allowed(source: ImageSource): ImageSource {
    return this.mode === 'closed' && typeof source === 'string' && !source.startsWith('data:') ? null : source
  }

  #send(message: ToFrame): void {
    if (this.#port === null) {
      // what has not been said yet is replaced by the next letter
      if (message.t !== 'image') this.#waiting = []
      this.#waiting.push(message)
    } else this.#port.postMessage(message)
  }

  #onLoad = (): void => {
    // it has one document in its life: another one came from somewhere else
    if (++this.#loads > 1) this.#fail('reloaded')
  }

  #onWindowMessage = (event: MessageEvent): void => {
    // opaque, ours, and not readable from here: the three signs of an isolated frame
    if (event.source !== this.element.contentWindow || event.origin !== 'null' || this.element.contentDocument !== null)
      return
    if (this.#isFlooding()) return
    const call = readCall(event.data)
    if (call?.kind === 'ready' && this.#port === null) this.#greet()
    else if (call?.kind === 'refused') this.#fail('refused')
    else if (call?.kind === 'link' && this.#renderId !== null) this.#events?.onLink(call.link)
  }

  #greet(): void {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.onmessage = (event: MessageEvent) => {
      const report = this.#isFlooding() ? null : readReport(event.data)
      if (report !== null) this.#onReport(report)
    }
    // an opaque frame has no origin to name; nothing of a letter is in this message
    this.element.contentWindow?.postMessage({ k: protocol }, '*', [port2])
    for (const message of this.#waiting.splice(0)) port1.postMessage(message)
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

  #isFlooding(): boolean {
    const second = Math.floor(this.#deps.clock.monotonic() / 1000)
    if (second !== this.#messages.second) this.#messages = { second, count: 0 }
    if (++this.#messages.count <= maxMessagesPerSecond) return false
    this.#fail('flood')
    return true
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
