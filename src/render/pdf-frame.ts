/**
 * One PDF in its frame: a srcdoc of its own with pdf.js in it, opaque and without any address, as a letter's frame is
 * (`letter-frame.ts`). It works offline, and the file's bytes go in by a message.
 */
import type { Clock } from '../platform/clock.ts'
import { FrameLine } from './frame-line.ts'
import { readReport } from './frame-messages.ts'
import { isolatedFrame } from './isolated-frame.ts'
import type { LetterKey, LetterLink } from './letter.ts'
import { readPdfReport } from './pdf-messages.ts'
import type { PdfLooks, PdfProblem, ToPdfFrame } from './pdf/protocol.ts'

export type PdfFailure = PdfProblem | 'frame'

interface PdfFrameEvents {
  readonly onOpened: (pages: number, shown: number) => void
  /** The first page is on screen. */
  readonly onDrawn: () => void
  /** Some of its characters cannot be drawn. */
  readonly onLacking: () => void
  readonly onPage: (page: number) => void
  readonly onFailed: (failure: PdfFailure) => void
  readonly onLink: (link: LetterLink) => void
  readonly onLinkTarget: (href: string | null) => void
  readonly onKey: (press: LetterKey) => void
}

export interface PdfFrameDeps {
  readonly clock: Clock
  /** The constant document (`virtual:pdf-frame`), passed through the app's Trusted Types policy. */
  readonly frameDocument: string
  readonly events: PdfFrameEvents
}

/** Two megabytes of script and a long document, on a slow phone. */
const patience = 60_000

export class PdfFrame {
  readonly element: HTMLIFrameElement
  readonly #deps: PdfFrameDeps
  readonly #line: FrameLine<ToPdfFrame>
  #stopTimer: () => void
  #file: { readonly bytes: ArrayBuffer; readonly looks: PdfLooks } | null
  #isGone = false

  /** `bytes` are given away. */
  constructor(host: HTMLElement, title: string, file: { bytes: ArrayBuffer; looks: PdfLooks }, deps: PdfFrameDeps) {
    this.#deps = deps
    this.#file = file
    const frame = isolatedFrame(host, deps.frameDocument)
    this.element = frame
    frame.title = title
    this.#line = new FrameLine<ToPdfFrame>(frame, deps.clock, {
      onOpen: () => {
        this.#open()
      },
      onReport: (data) => {
        this.#onReport(data)
      },
      onLink: (link) => {
        deps.events.onLink(link)
      },
      onBroken: () => {
        this.#fail('frame')
      },
    })
    this.#stopTimer = deps.clock.after(patience, () => {
      this.#fail('frame')
    })
    host.append(frame)
  }

  /** 1 is the width of the frame. */
  zoom(factor: number): void {
    this.#line.send({ t: 'zoom', factor })
  }

  focus(): void {
    this.element.focus()
  }

  destroy(): void {
    this.#isGone = true
    this.#stopTimer()
    this.#line.close()
    this.#file = null
    this.element.remove()
  }

  #open(): void {
    const file = this.#file
    this.#file = null
    if (file) this.#line.send({ t: 'open', ...file }, [file.bytes])
  }

  #onReport(data: unknown): void {
    const { events } = this.#deps
    const told = readPdfReport(data)
    switch (told?.t) {
      case 'opened':
        this.#stopTimer()
        events.onOpened(told.pages, told.shown)
        return
      case 'drawn':
        events.onDrawn()
        return
      case 'lacking':
        events.onLacking()
        return
      case 'at':
        events.onPage(told.page)
        return
      case 'unreadable':
        this.#fail(told.problem)
        return
    }
    const report = readReport(data)
    if (report?.kind === 'key') events.onKey(report.press)
    else if (report?.kind === 'target') events.onLinkTarget(report.href)
    else if (report?.kind === 'broken') this.#fail('frame')
  }

  #fail(failure: PdfFailure): void {
    if (this.#isGone) return
    this.destroy()
    this.#deps.events.onFailed(failure)
  }
}
