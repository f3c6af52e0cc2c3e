/**
 * The hidden frame that letters are parsed in. In the app's own realm each style attribute would be a violation of
 * `style-src 'self'`, and cost nine times the time (Chromium, measured). `/parse.html` never holds mail in its live
 * document; it lends its realm only, and the sandbox without `allow-scripts` keeps scripts off in it.
 */
import { basePath } from '../platform/base-path.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { LetterTree } from './letter.ts'
import type { LetterSource } from './prepare-letter.ts'
import type { LetterParser, ParserWindow } from './sanitiser.ts'

export interface ParserFrameDeps {
  readonly document: Document
  readonly clock: Clock
  readonly logger: Logger
  /** Where the frame's page is served. */
  readonly url?: string
}

const patience = 3000

/** A body in, what its frame is told out. */
export type Preparer = (source: LetterSource) => LetterTree

/** Resolves once letters can be prepared; rejects if their code does not come. It is fetched beside the frame's page. */
export async function openPreparer(deps: ParserFrameDeps): Promise<Preparer> {
  const [{ prepareLetter }, parser] = await Promise.all([import('./letter-code.ts'), openParser(deps)])
  return (source) => prepareLetter(source, parser)
}

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
  const [{ createParser }, hasCome] = await Promise.all([import('./letter-code.ts'), isLoaded])
  // Whatever else is served at that address shows by refusing inline styles or by not being of this origin.
  try {
    const realm = frame.contentWindow as ParserWindow | null
    if (hasCome && realm && frame.contentDocument?.scripts.length === 0) return createParser(realm)
  } catch {
    // as if it had not come
  }
  frame.remove()
  logger.info('no frame to parse letters in')
  return createParser(document.defaultView as ParserWindow)
}
