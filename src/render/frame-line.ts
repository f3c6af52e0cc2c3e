/**
 * What passes between an opaque frame of ours and the app: by a port, and by the window for links alone, since WebKit
 * carries the reader's press through nothing else. Who speaks is proved here and nowhere else.
 */
import type { Clock } from '../platform/clock.ts'
import { readCall } from './frame-messages.ts'
import { protocol } from './frame/protocol.ts'
import type { LetterLink } from './letter.ts'

interface FrameLineEvents {
  /** From now on `send` reaches the frame. */
  readonly onOpen: () => void
  /** Not read yet, and not to be trusted. */
  readonly onReport: (data: unknown) => void
  readonly onLink: (link: LetterLink) => void
  readonly onBroken: (reason: 'reloaded' | 'refused' | 'flood') => void
}

const maxMessagesPerSecond = 400

/** `Out`: what the frame is told. */
export class FrameLine<Out> {
  readonly #frame: HTMLIFrameElement
  readonly #window: Window
  readonly #clock: Clock
  readonly #events: FrameLineEvents
  #port: MessagePort | null = null
  #loads = 0
  #messages = { second: 0, count: 0 }

  constructor(frame: HTMLIFrameElement, clock: Clock, events: FrameLineEvents) {
    this.#frame = frame
    this.#window = frame.ownerDocument.defaultView ?? window
    this.#clock = clock
    this.#events = events
    frame.addEventListener('load', this.#onLoad)
    this.#window.addEventListener('message', this.#onWindowMessage)
  }

  get isOpen(): boolean {
    return this.#port !== null
  }

  /** Goes nowhere before the line is open. */
  send(message: Out, transfer: Transferable[] = []): void {
    this.#port?.postMessage(message, transfer)
  }

  close(): void {
    this.#window.removeEventListener('message', this.#onWindowMessage)
    this.#frame.removeEventListener('load', this.#onLoad)
    this.#port?.close()
    this.#port = null
  }

  #onLoad = (): void => {
    // it has one document in its life: another one came from somewhere else
    if (++this.#loads > 1) this.#events.onBroken('reloaded')
  }

  #onWindowMessage = (event: MessageEvent): void => {
    // opaque, ours, and not readable from here: the three signs of an isolated frame
    if (event.source !== this.#frame.contentWindow || event.origin !== 'null' || this.#frame.contentDocument !== null)
      return
    if (this.#isFlooding()) return
    const call = readCall(event.data)
    if (call?.kind === 'ready' && this.#port === null) this.#greet()
    else if (call?.kind === 'refused') this.#events.onBroken('refused')
    else if (call?.kind === 'link') this.#events.onLink(call.link)
  }

  #greet(): void {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.onmessage = (event: MessageEvent) => {
      if (!this.#isFlooding()) this.#events.onReport(event.data)
    }
    // an opaque frame has no origin to name; nothing of what it will show is in this message
    this.#frame.contentWindow?.postMessage({ k: protocol }, '*', [port2])
    this.#events.onOpen()
  }

  #isFlooding(): boolean {
    const second = Math.floor(this.#clock.monotonic() / 1000)
    if (second !== this.#messages.second) this.#messages = { second, count: 0 }
    if (++this.#messages.count <= maxMessagesPerSecond) return false
    this.#events.onBroken('flood')
    return true
  }
}
