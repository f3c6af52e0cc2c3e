/** What components get from above instead of importing singletons. Set once in `app/App.svelte`, or by a test's host. */
import { createContext } from 'svelte'
import type { Clock } from '../platform/clock.ts'
import type { EnginePort } from '../sync/engine-port.ts'
import type { Route } from './route.ts'
import type { Settings } from './settings.svelte.ts'
import type { UndoStack } from './undo-stack.svelte.ts'

/** The URL as state. `open` makes a history entry, `replace` does not. */
export interface Navigator {
  readonly route: Route
  open(route: Route): void
  replace(route: Route): void
  /** Back when the entry before is ours and one level up, else replaces by the level above: never leaves the app. */
  up(): void
}

/** A key press, of the app's document or sent by a letter's frame. */
export interface KeyPress {
  readonly key: string
  readonly ctrl: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** Bindings by `event.key`, a sequence "g i", or "Mod+z" with Ctrl or ⌘, "Shift+ArrowUp". A handler that returns false did not use the key. */
export type Bindings = Readonly<Record<string, (press: KeyPress) => boolean | void>>

export interface Shortcuts {
  /** The latest added wins. The returned function removes them. */
  add(bindings: Bindings): () => void
  /** For keys pressed inside a letter's frame. True if something used it. */
  dispatch(press: KeyPress): boolean
}

/** The two live regions: one function speaks, at most once a second, joined (design §5a). */
export type Announce = (text: string, politeness?: 'polite' | 'assertive') => void

export interface Services {
  readonly port: EnginePort
  readonly navigator: Navigator
  readonly shortcuts: Shortcuts
  readonly announce: Announce
  readonly settings: Settings
  /** What the reader does goes through it, to be taken back. The page's one: it comes after the first rows. */
  readonly undo: () => Promise<UndoStack>
  /** The page is at rest, or its reader begins to act: what shows what was done is fetched, and then the shell is kept. */
  readonly settle: () => Promise<unknown>
  readonly clock: Clock
  /** Mail servers whose checks of a sender count (`authservIds` of config.json): none, where nothing is known of them. */
  readonly authservIds: () => Promise<readonly string[]>
  /** Adds a User Timing mark once the change on screen has been painted (contract: postern:rows, postern:body …). */
  readonly markPainted: (name: string, detail?: unknown) => Promise<void>
  /** The constant document of a letter's frame, or a PDF's, blessed by the `postern` policy; its chunk comes with the first
   *  letter. A TrustedHTML where there are Trusted Types, which the DOM's types do not know yet. */
  readonly frameDocument: (kind?: 'pdf') => Promise<string>
}

export const [getServices, setServices] = createContext<Services>()
