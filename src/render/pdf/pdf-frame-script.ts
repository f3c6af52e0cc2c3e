/**
 * The one script of a PDF's frame: an opaque origin with `sandbox="allow-scripts"`, whose hash the policies name. The
 * file's bytes come by the port; nothing else comes, and nothing is asked of any address.
 */
import { lockDown } from '../frame/lock-down.ts'
import { Pages } from './pages.ts'
import { PdfReporter } from './pdf-reporter.ts'
import type { ToPdfFrame } from './protocol.ts'

lockDown(window)

const reporter = new PdfReporter(window)
const pages = new Pages(window, reporter)

reporter.open((message: ToPdfFrame) => {
  if (message.t === 'open') void pages.open(message.bytes, message.looks)
  else pages.zoom(message.factor)
})
