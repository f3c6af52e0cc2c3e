/**
 * pdf.js without anything that leaves the frame: both of its halves run here, since a worker of the app's origin cannot
 * start in an opaque one. They talk by a channel of their own, so that keys and wheel come between two messages.
 */
import { AnnotationMode, getDocument, PDFWorker, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { WorkerMessageHandler } from 'pdfjs-dist/legacy/build/pdf.worker.mjs'
import type { PDFDocumentLoadingTask } from 'pdfjs-dist/legacy/build/pdf.mjs'

export { AnnotationMode, TextLayer }
export type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Tables of characters that a document names without bringing them lie at addresses: the frame has none. */
class NoTables {
  readonly #onMissing: () => void

  constructor(onMissing: () => void) {
    this.#onMissing = onMissing
  }

  fetch({ kind }: { readonly kind: string }): Promise<never> {
    // in place of a font there are those of the system
    if (kind === 'cMapUrl') this.#onMissing()
    return Promise.reject(new Error('not in this frame'))
  }
}

/** No scripts, forms of XML, WebAssembly or addresses: what is asked of it is asked of these bytes alone. */
export function openPdf(bytes: ArrayBuffer, mostPixels: number, onMissing: () => void): PDFDocumentLoadingTask {
  const { port1, port2 } = new MessageChannel()
  WorkerMessageHandler.initializeFromPort(port2)
  const worker = new PDFWorker({ port: port1, verbosity: 0 } as unknown as ConstructorParameters<typeof PDFWorker>[0])
  port1.start()
  port2.start()
  return getDocument({
    data: new Uint8Array(bytes),
    worker,
    verbosity: 0,
    BinaryDataFactory: NoTables.bind(null, onMissing),
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    maxImageSize: 40_000_000,
    canvasMaxAreaInBytes: mostPixels * 4,
    isOffscreenCanvasSupported: false,
  })
}
