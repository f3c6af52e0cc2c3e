/**
 * The hidden frame that letters are parsed in. In the app's own realm each style attribute would be a violation of
 * `style-src 'self'`, and cost nine times the time (Chromium, measured). `/parse.html` never holds mail in its live
 * document; it lends its realm only, and the sandbox without `allow-scripts` keeps scripts off in it.
 */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import { createParser, type LetterParser, type ParserWindow } from './sanitiser.ts'

export interface ParserFrameDeps {
  readonly document: Document
  readonly clock: Clock
  readonly logger: Logger
  /** Where the frame's page is served. */
  readonly url?: string
}

const patience = 3000

/** Resolves with the frame's parser, or with one in the app's realm when the frame does not come: slower, same result. */
export async function openParser({
  document,
  clock,
  logger,
  url = `${basePath}/parse.html`,
}: ParserFrameDeps): Promise<LetterParser> {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-same-origin')
  frame.hidden = true
  frame.title = ''
  frame.setAttribute('aria-hidden', 'true')
  const isLoaded = new Promise<boolean>((resolve) => {
    const cancel = clock.after(patience, () => {
      resolve(false)
    })
    frame.addEventListener(
      'load',
      () => {
        cancel()
        resolve(true)
      },
      { once: true },
    )
  })
  frame.src = url
  document.body.append(frame)
  if (await isLoaded) {
    const parser = parserOf(frame)
    if (parser) return parser
  }
  frame.remove()
  logger.info('no frame to parse letters in')
  return createParser(document.defaultView as ParserWindow)
}

/** Whatever else is served at that address shows by refusing inline styles or by not being of this origin. */
function parserOf(frame: HTMLIFrameElement): LetterParser | null {
  try {
    const realm = frame.contentWindow as ParserWindow | null
    if (realm === null || frame.contentDocument === null || frame.contentDocument.scripts.length > 0) return null
    return createParser(realm)
  } catch {
    return null
  }
}
