/**
 * The one script of a mail frame, bundled to a constant whose hash the policies name. It runs in an opaque origin with
 * `sandbox="allow-scripts"`, gets data by a port and never sees markup.
 */
import { LetterBuilder } from './builder.ts'
import { Finder } from './finder.ts'
import { lockDown } from './lock-down.ts'
import { protocol, type LetterBody, type RenderCall, type ToFrame } from './protocol.ts'
import { Reporter } from './reporter.ts'
import { sheetsFor } from './sheets.ts'

lockDown(window)

const reporter = new Reporter(window)
const builder = new LetterBuilder(document)
const finder = new Finder(window, () => reporter.measure())

function render({ letter, ...call }: RenderCall): void {
  const message = { ...call, ...(JSON.parse(letter) as LetterBody) }
  document.adoptedStyleSheets = sheetsFor(message)
  builder.build(message)
  reporter.forget()
  reporter.measure()
  reporter.toPort({ t: 'done', id: message.id })
  afterPaint(() => {
    reporter.toPort({ t: 'painted', id: message.id })
  })
}

/** rAF runs before the paint, the task behind it after. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      then()
    }
    port2.postMessage(null)
  })
}

function obey(message: ToFrame): void {
  switch (message.t) {
    case 'render':
      render(message)
      break
    case 'image':
      builder.setImage(message.index, message.source)
      break
    case 'clear':
      builder.clear()
      document.adoptedStyleSheets = []
      break
    case 'find':
      reporter.toPort({ t: 'found', ...finder.find(message.needle, message.current) })
      break
    case 'measure':
      reporter.forget()
      reporter.measure()
  }
}

function greet(event: MessageEvent<{ k?: unknown } | null>): void {
  const port = event.ports[0]
  if (event.source !== window.parent || event.data?.k !== protocol || port === undefined) return
  // one app, one port: a second greeting is not heard
  window.removeEventListener('message', greet)
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    obey(data)
  }
  reporter.connect(port)
}

if (window.origin === 'null') {
  document.currentScript?.remove()
  reporter.watch()
  window.addEventListener('message', greet)
  reporter.toWindow({ k: protocol, ready: 1 })
} else {
  // served without its sandbox: better no letter than one in the app's origin
  reporter.toWindow({ k: protocol, refused: 'origin' })
}
