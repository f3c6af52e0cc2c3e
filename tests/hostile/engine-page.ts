/** One page in one engine, as the hostile run sees it: the least that Chromium, Firefox and WebKitGTK have in common. */
import type { Counter } from './counts.ts'
import type { Engine } from './engines.ts'

/** Runs a function in a document. It sees its arguments and that document, and nothing of the test. */
export interface Realm {
  evaluate<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Promise<Awaited<T>>
}

export interface EngineEvent {
  readonly counter: Counter
  readonly what: string
}

/** A mouse, a finger or a keyboard, and what it does one after the other. */
export interface InputSource {
  readonly type: 'pointer' | 'key'
  readonly id: string
  readonly parameters?: { readonly pointerType: 'mouse' | 'touch' }
  readonly actions: readonly Readonly<Record<string, string | number>>[]
}

export interface EnginePage extends Realm {
  readonly engine: Engine
  goto(url: string): Promise<unknown>
  /** Loads the page again, from its own server. */
  reload(): Promise<unknown>
  /** Frames of the elements that a selector finds, in their order; what cannot be entered is null. */
  frames(selector: string): Promise<readonly (Realm | null)[]>
  /** Every frame, with the page itself: what it says of itself. */
  everyFrame<T>(fn: () => T): Promise<readonly (Awaited<T> | null)[]>
  /** A real pointer, in CSS px of the window. */
  pointer(kind: 'move' | 'click', x: number, y: number): Promise<void>
  /** Real input as WebDriver writes it ("perform actions"), which Chromium's own protocol has not. */
  act(sources: readonly InputSource[]): Promise<void>
  /** Puts the page on paper as it stands; how much came of it: bytes of a PDF, or rules of the print style. */
  print(): Promise<number>
  /** Lets the page open one window, tells it when it stands there, and closes it. */
  withWindow(open: () => Promise<void>, inside: (window: Realm) => Promise<void>): Promise<void>
  /** What the engine itself noticed since the last call. */
  events(): Promise<readonly EngineEvent[]>
  /** The raw page, in a window of its own; everything it does is found in `events`. */
  control(html: string, patienceMs: number): Promise<{ readonly style: boolean; readonly overlay: boolean }>
  close(): Promise<void>
}

/** Waits until the page says yes; a page on its way to another is asked again. */
export async function until<A extends unknown[]>(
  realm: Realm,
  what: string,
  patienceMs: number,
  fn: (...args: A) => boolean,
  ...args: A
): Promise<void> {
  const deadline = Date.now() + patienceMs
  let last: unknown
  do {
    try {
      if (await realm.evaluate(fn, ...args)) return
    } catch (error) {
      last = error
    }
    await pause(15)
  } while (Date.now() < deadline)
  throw new Error(`waited for ${what}${last instanceof Error ? ` (${last.message.slice(0, 200)})` : ''}`)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
