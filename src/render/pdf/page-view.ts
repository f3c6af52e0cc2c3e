/** One page while it is near the view: its picture, its text over it, and its links. Far from it nothing is held. */
import { AnnotationMode, TextLayer, type PDFPageProxy, type RenderTask } from './pdf-engine.ts'
import { restingHref } from '../resting-link.ts'
import type { PageSize } from './page-places.ts'

const mostLinks = 300

export interface Drawing {
  readonly scale: number
  readonly size: PageSize
  readonly mostPixels: number
}

export class PageView {
  readonly element: HTMLElement
  readonly #page: PDFPageProxy
  #task: RenderTask | undefined
  #text: TextLayer | undefined
  #isGone = false

  constructor(element: HTMLElement, page: PDFPageProxy) {
    this.element = element
    this.#page = page
  }

  /** In points, as the page is turned. */
  static sizeOf(page: PDFPageProxy): PageSize {
    const { width, height } = page.getViewport({ scale: 1 })
    return { width: Math.max(1, width), height: Math.max(1, height) }
  }

  /** What stood there before stays until the new picture is whole. */
  async draw({ scale, size, mostPixels }: Drawing): Promise<void> {
    const document = this.element.ownerDocument
    const viewport = this.#page.getViewport({ scale })
    const sharp = Math.min(
      Math.min(2, document.defaultView?.devicePixelRatio ?? 1),
      Math.sqrt(mostPixels / (size.width * size.height)),
    )
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.floor(size.width * sharp))
    canvas.height = Math.max(1, Math.floor(size.height * sharp))
    canvas.setAttribute('aria-hidden', 'true')
    this.#task = this.#page.render({
      canvas,
      viewport,
      transform: [sharp, 0, 0, sharp, 0, 0],
      annotationMode: AnnotationMode.ENABLE,
      background: '#fff',
    })
    await this.#task.promise
    if (this.#isGone) {
      canvas.width = 0
      return
    }
    const text = document.createElement('div')
    text.className = 'text'
    text.style.setProperty('--total-scale-factor', String(scale))
    text.style.setProperty('--scale-round-x', '1px')
    text.style.setProperty('--scale-round-y', '1px')
    this.#empty()
    this.element.replaceChildren(canvas, text)
    this.#text = new TextLayer({
      textContentSource: this.#page.streamTextContent({ includeMarkedContent: true, disableNormalization: true }),
      container: text,
      viewport,
    })
    await this.#text.render()
    await this.#addLinks(viewport)
  }

  destroy(): void {
    this.#isGone = true
    this.#task?.cancel()
    this.#text?.cancel()
    this.#empty()
    this.element.replaceChildren()
    this.#page.cleanup()
  }

  /** Safari keeps the memory of a canvas until it has no size. */
  #empty(): void {
    for (const canvas of this.element.querySelectorAll('canvas')) canvas.width = 0
  }

  async #addLinks(viewport: ReturnType<PDFPageProxy['getViewport']>): Promise<void> {
    const annotations = (await this.#page.getAnnotations({ intent: 'display' })) as readonly {
      readonly subtype?: unknown
      readonly url?: unknown
      readonly rect?: unknown
    }[]
    if (this.#isGone) return
    for (const { subtype, url, rect } of annotations.slice(0, mostLinks)) {
      if (subtype !== 'Link' || typeof url !== 'string' || !/^(?:https?|mailto|tel):/i.test(url)) continue
      const [left, bottom, right, top] = Array.isArray(rect) ? rect.map(Number) : []
      if (left === undefined || bottom === undefined || right === undefined || top === undefined) continue
      const [x1, y1] = viewport.convertToViewportPoint(left, bottom) as [number, number]
      const [x2, y2] = viewport.convertToViewportPoint(right, top) as [number, number]
      const link = this.element.ownerDocument.createElement('a')
      link.href = restingHref(url)
      link.setAttribute('aria-label', url)
      const { style } = link
      style.left = `${String(Math.min(x1, x2))}px`
      style.top = `${String(Math.min(y1, y2))}px`
      style.width = `${String(Math.abs(x2 - x1))}px`
      style.height = `${String(Math.abs(y2 - y1))}px`
      this.element.append(link)
    }
  }
}
