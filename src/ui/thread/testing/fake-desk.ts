/** A desk with the real sanitiser and frames that only remember: jsdom loads no frames. */
import { silentLogger } from '../../../platform/logger.ts'
import { createParser, prepareLetter } from '../../../render/letter-code.ts'
import { systemClock } from '../../../platform/clock.ts'
import { LetterDesk } from '../letter-desk.svelte.ts'
import type { ImageSource, LetterFrameEvents } from '../../../render/letter.ts'
import type { LetterContent, LetterFrame } from '../../../render/letter-frame.ts'

export class FakeFrame {
  readonly element: HTMLIFrameElement
  readonly mode: 'closed' | 'open'
  readonly shown: string[] = []
  images: readonly ImageSource[] = []
  events: LetterFrameEvents | undefined
  isGone = false
  height = 0

  constructor(host: HTMLElement, mode: 'closed' | 'open') {
    this.mode = mode
    this.element = host.ownerDocument.createElement('iframe')
    host.append(this.element)
  }

  render(content: LetterContent, events: LetterFrameEvents): void {
    this.shown.push(content.id)
    this.images = content.images
    this.events = events
  }

  follow(events: LetterFrameEvents): void {
    this.events = events
  }

  silence(): void {
    this.events = undefined
  }

  paint(): void {
    this.height = 120
    this.events?.onSize(120, 600)
    this.events?.onPainted(this.shown.at(-1) ?? '')
  }

  fail(): void {
    const { events } = this
    this.destroy()
    events?.onFailed('silent')
  }

  setImage(): void {
    // nothing is drawn
  }

  clear(): void {
    this.events = undefined
  }

  destroy(): void {
    this.isGone = true
    this.events = undefined
    this.element.remove()
  }
}

/** `frames` collects every frame that is made. */
export function fakeDesk(frames: FakeFrame[]): LetterDesk {
  return new LetterDesk({
    document,
    clock: systemClock,
    logger: silentLogger,
    frameDocument: () => Promise.resolve(''),
    openPreparer: () => Promise.resolve((source) => prepareLetter(source, createParser(window))),
    createFrame: (host, mode) => {
      const frame = new FakeFrame(host, mode)
      frames.push(frame)
      return frame as unknown as LetterFrame
    },
  })
}
