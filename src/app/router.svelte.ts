/** The URL as state, over the History API. The only place that reads or writes `location` and `history`. */
import { layerDepth } from '../platform/layer-depth.ts'
import { fromPath, toPath } from '../state/route.ts'
import type { Navigator } from '../state/contexts.ts'
import type { Route } from '../state/route.ts'

/** Kept with each entry of ours: which path was left when it was made; null for the first. */
interface Entry {
  readonly from: string | null
}

/** The level above: the conversation's list, the mailbox that was searched from, a page's list of pages, the start. */
function levelAbove(route: Route): Route {
  if (route.view === 'settings' && route.page) return { view: 'settings', page: '' }
  if (route.view !== 'mailbox') return { view: 'start' }
  if (route.threadId) return { ...route, threadId: null, emailId: null }
  if (route.search !== undefined) return { ...route, search: undefined }
  return { view: 'start' }
}

/**
 * Stepping through conversations replaces the URL with each key. Writing it costs a round trip to the browser's own
 * process, and Safari refuses more than 100 in 30 s: so it is written once the stepping rests.
 */
const REST_MS = 80

export class Router implements Navigator {
  #route = $state.raw<Route>({ view: 'start' })
  readonly #window: Window
  /** The path that is to be written, and the timer that will. */
  #late: { readonly path: string; readonly timer: number } | undefined

  constructor(window: Window) {
    this.#window = window
    this.#route = fromPath(this.#path)
  }

  get route(): Route {
    return this.#route
  }

  get #path(): string {
    const { pathname, search } = this.#window.location
    return pathname + search
  }

  /** Follows back and forward. The returned function stops. */
  listen(): () => void {
    const follow = (): void => {
      this.#forget()
      this.#route = fromPath(this.#path)
    }
    const leave = (): void => {
      this.#write()
    }
    this.#window.addEventListener('popstate', follow)
    this.#window.addEventListener('pagehide', leave)
    // The page was loaded anew, and nothing lies over it any more: out of the entries of what did, as closing it goes.
    const { history } = this.#window
    if (layerDepth(history.state) > 0) history.go(-layerDepth(history.state))
    return () => {
      this.#window.removeEventListener('popstate', follow)
      this.#window.removeEventListener('pagehide', leave)
    }
  }

  open(route: Route): void {
    this.#write()
    const path = toPath(route)
    const here = this.#path
    if (path === here) return
    const { history } = this.#window
    // Out of what lies over the page (`history-layer.ts`): its entry becomes this one.
    history[layerDepth(history.state) > 0 ? 'replaceState' : 'pushState']({ from: here } satisfies Entry, '', path)
    this.#route = route
  }

  replace(route: Route): void {
    this.#forget()
    const timer = this.#window.setTimeout(() => {
      this.#write()
    }, REST_MS)
    this.#late = { path: toPath(route), timer }
    this.#route = route
  }

  up(): void {
    this.#write()
    const above = levelAbove(this.#route)
    const isSettings = this.#route.view === 'settings'
    if (above.view === 'start' && !isSettings) return
    const { from } = this.#entry()
    // Going back keeps what the browser keeps with the entry; only when that entry really is the level above. Settings
    // are left for wherever they were opened from.
    if (from !== null && (isSettings || from === toPath(above))) this.#window.history.back()
    else this.replace(above)
  }

  #write(): void {
    const path = this.#late?.path
    this.#forget()
    if (path !== undefined) this.#window.history.replaceState(this.#entry(), '', path)
  }

  #forget(): void {
    this.#window.clearTimeout(this.#late?.timer)
    this.#late = undefined
  }

  #entry(): Entry {
    const state: unknown = this.#window.history.state
    const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null
    return { from: typeof from === 'string' ? from : null }
  }
}
