/**
 * A document as a column of pages. Only those within a screen of the view are read and drawn, one at a time, the one that
 * is looked at first; the others are empty boxes of their size.
 */
import { gap, PagePlaces } from './page-places.ts'
import { PageView } from './page-view.ts'
import { openPdf, type PDFDocumentProxy } from './pdf-engine.ts'
import { pdfSheet } from './pdf-sheet.ts'
import type { PdfReporter } from './pdf-reporter.ts'
import type { PdfLooks } from './protocol.ts'

/** More boxes than these no reader scrolls through; what a file says of its length costs it nothing. */
const mostPages = 2_000

interface Shown {
  readonly view: PageView
  /** The scale that its picture was made for. */
  scale: number
}

export class Pages {
  readonly #window: Window
  readonly #reporter: PdfReporter
  readonly #shown = new Map<number, Shown>()
  #boxes: readonly HTMLElement[] = []
  #places: PagePlaces | undefined
  #file: PDFDocumentProxy | undefined
  #looks: PdfLooks | undefined
  #factor = 1
  #at = -1
  #isDrawing = false
  #wasDrawn = false

  constructor(window: Window, reporter: PdfReporter) {
    this.#window = window
    this.#reporter = reporter
  }

  async open(bytes: ArrayBuffer, looks: PdfLooks): Promise<void> {
    const { document } = this.#window
    document.adoptedStyleSheets = [pdfSheet(looks)]
    this.#looks = looks
    try {
      const task = openPdf(bytes, looks.mostPixels, () => {
        this.#reporter.tell({ t: 'lacking' })
      })
      // no answer is known: it fails as one that wants a password
      const file = await task.promise
      const first = PageView.sizeOf(await file.getPage(1))
      const count = Math.min(file.numPages, mostPages)
      this.#file = file
      this.#places = new PagePlaces(count, first)
      this.#boxes = Array.from({ length: count }, (_, index) => this.#box(index, looks.pageName))
      document.body.replaceChildren(...this.#boxes)
      this.#reporter.tell({ t: 'opened', pages: file.numPages, shown: count })
    } catch (error) {
      const isLocked = error instanceof Error && error.name === 'PasswordException'
      this.#reporter.tell({ t: 'unreadable', problem: isLocked ? 'password' : 'broken' })
      return
    }
    this.#layOut()
    document.addEventListener('scroll', () => {
      this.#look()
    })
    this.#window.addEventListener('resize', () => {
      this.#layOut()
    })
  }

  /** 1 is the width of the frame. What is in the middle stays there. */
  zoom(factor: number): void {
    if (factor === this.#factor) return
    this.#factor = factor
    if (this.#places) this.#layOut()
  }

  #box(index: number, pageName: string): HTMLElement {
    const box = this.#window.document.createElement('section')
    box.className = 'page'
    box.setAttribute('aria-label', pageName.replace('{page}', String(index + 1)))
    return box
  }

  #layOut(): void {
    const places = this.#places
    if (!places) return
    const root = this.#window.document.documentElement
    const heightBefore = root.scrollHeight
    const middle = root.scrollTop + root.clientHeight / 2
    places.fit(root.clientWidth - 2 * gap, this.#factor)
    for (const [index, box] of this.#boxes.entries()) resize(box, places, index)
    const isAtTop = root.scrollTop === 0
    if (!isAtTop) root.scrollTop = (middle / heightBefore) * root.scrollHeight - root.clientHeight / 2
    root.scrollLeft = (root.scrollWidth - root.clientWidth) / 2
    this.#look()
  }

  /** What is in view now is drawn, what left it is let go. */
  #look(): void {
    const places = this.#places
    if (!places) return
    const { scrollTop, clientHeight } = this.#window.document.documentElement
    const [first, last] = places.between(scrollTop - clientHeight, scrollTop + 2 * clientHeight)
    for (const [index, { view }] of this.#shown) {
      if (index >= first && index <= last) continue
      view.destroy()
      this.#shown.delete(index)
    }
    const [at] = places.between(scrollTop + clientHeight / 3, scrollTop + clientHeight)
    if (at !== this.#at) {
      this.#at = at
      this.#reporter.tell({ t: 'at', page: at + 1 })
    }
    if (!this.#isDrawing) void this.#draw()
  }

  /** One page after the other, until all that are near are drawn. */
  async #draw(): Promise<void> {
    this.#isDrawing = true
    const failed = new Set<number>()
    for (;;) {
      const index = this.#next(failed)
      if (index === undefined) break
      try {
        await this.#drawPage(index)
        if (!this.#wasDrawn) this.#reporter.tell({ t: 'drawn' })
        this.#wasDrawn = true
      } catch {
        // one page that is broken, or was scrolled past: the others are read all the same
        failed.add(index)
      }
    }
    this.#isDrawing = false
    // pages that are all blank would be taken for what the file says
    if (!this.#wasDrawn && failed.size > 0) this.#reporter.tell({ t: 'unreadable', problem: 'broken' })
  }

  /** The nearest page that is not drawn as large as it stands there. */
  #next(failed: ReadonlySet<number>): number | undefined {
    const places = this.#places
    if (!places) return undefined
    const { scrollTop, clientHeight } = this.#window.document.documentElement
    const [first, last] = places.between(scrollTop - clientHeight, scrollTop + 2 * clientHeight)
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      .filter((index) => !failed.has(index) && this.#shown.get(index)?.scale !== places.scale(index))
      .sort((a, b) => Math.abs(a - this.#at) - Math.abs(b - this.#at))[0]
  }

  async #drawPage(index: number): Promise<void> {
    const [places, file, looks, box] = [this.#places, this.#file, this.#looks, this.#boxes[index]]
    if (!places || !file || !looks || !box) return
    let shown = this.#shown.get(index)
    if (!shown) {
      const page = await file.getPage(index + 1)
      if (places.learn(index, PageView.sizeOf(page))) this.#grow(index, box)
      shown = { view: new PageView(box, page), scale: 0 }
      this.#shown.set(index, shown)
    }
    const scale = places.scale(index)
    shown.scale = scale
    await shown.view.draw({ scale, size: places.size(index), mostPixels: looks.mostPixels })
  }

  /** A page above the view that turns out larger must not push down what is read. */
  #grow(index: number, box: HTMLElement): void {
    const places = this.#places
    if (!places) return
    const root = this.#window.document.documentElement
    const before = box.offsetHeight
    const isAbove = box.offsetTop + before < root.scrollTop
    resize(box, places, index)
    if (isAbove) root.scrollTop += box.offsetHeight - before
  }
}

function resize(box: HTMLElement, places: PagePlaces, index: number): void {
  const { width, height } = places.size(index)
  box.style.width = `${String(width)}px`
  box.style.height = `${String(height)}px`
}
