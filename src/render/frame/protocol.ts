/** `reader/1`: what the app and the mail frame say to each other. The app holds every field from the frame for hostile. */
import type { ImageSource, LetterKey, LetterLink, LetterOpen, LetterTheme, LetterTree } from '../letter.ts'

export const protocol = 'reader/1'

/** By `parent.postMessage`, so that WebKit carries the user's click along with a link. */
export type WindowMessage =
  | { readonly k: typeof protocol; readonly ready: 1 }
  | { readonly k: typeof protocol; readonly refused: 'origin' }
  | { readonly k: typeof protocol; readonly link: LetterLink }

export interface RenderMessage extends LetterBody {
  readonly t: 'render'
  readonly id: string
  readonly images: readonly ImageSource[]
  /** Address of each picture that is held back, for its box; '' for the others. */
  readonly held: readonly string[]
  /** Null: the letter keeps its own looks, on white. */
  readonly theme: LetterTheme | null
  /** Those looks are darkened: in whose colours ours stand in them. */
  readonly dark: LetterTheme | null
  /** What the pill of each quote says, in order; null: quotes stand open, without pills (print). */
  readonly quoteLabels: readonly string[] | null
}

/**
 * The tree goes as JSON: engines clone tens of thousands of small arrays many times slower than they copy a string and
 * read it.
 */
export type RenderCall = Omit<RenderMessage, keyof LetterBody> & { readonly letter: string }

export interface LetterBody extends Pick<LetterTree, 'styles' | 'sheets'> {
  readonly ops: readonly FrameOp[]
}

/** As `LetterOp`; a number above 0 opens what that one did, counting from 1 those that were written out. */
export type FrameOp = string | number | LetterOpen

/** App to frame, by the port. */
export type ToFrame =
  | RenderCall
  | { readonly t: 'image'; readonly index: number; readonly source: ImageSource }
  | { readonly t: 'clear' }
  | { readonly t: 'measure' }
  /** Marks words; `current` is the hit that is brought into view, -1 for none. No words: no marks. */
  | { readonly t: 'find'; readonly needle: string; readonly current: number }

/** Frame to app, by the port. */
export type FromFrame =
  | { readonly t: 'hello' }
  | { readonly t: 'size'; readonly h: number; readonly w: number }
  | { readonly t: 'done' | 'painted'; readonly id: string }
  | ({ readonly t: 'key' } & LetterKey)
  | { readonly t: 'target'; readonly href: string | null }
  | { readonly t: 'anchor'; readonly y: number }
  /** How many hits, and where the current one stands. */
  | { readonly t: 'found'; readonly count: number; readonly y: number }
  | { readonly t: 'csp'; readonly directive: string }
  | { readonly t: 'error'; readonly message: string }
