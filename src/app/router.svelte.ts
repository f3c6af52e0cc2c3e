/** The URL as state, over the History API. The only place that reads or writes `location` and `history`. */
import { fromPath, toPath } from '../state/route.ts'
import type { Navigator } from '../state/contexts.ts'
import type { Route } from '../state/route.ts'

/** Kept with each entry of ours: which path was left when it was made; null for the first. */
interface Entry {
  readonly from: string | null
}

/** The level above: the message's conversation, the conversation's mailbox, the start. */
function levelAbove(route: Route): Route {
  if (route.view !== 'mailbox') return { view: 'start' }
  if (route.threadId) return { ...route, threadId: null, emailId: null }
  return { view: 'start' }
}

export class Router implements Navigator {
  #route = $state.raw<Route>({ view: 'start' })
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
    this.#route = fromPath(window.location.pathname)
  }

  get route(): Route {
    return this.#route
  }

  /** Follows back and forward. The returned function stops. */
  listen(): () => void {
    const follow = (): void => {
      this.#route = fromPath(this.#window.location.pathname)
    }
    this.#window.addEventListener('popstate', follow)
    return () => {
      this.#window.removeEventListener('popstate', follow)
    }
  }

  open(route: Route): void {
    const path = toPath(route)
    const here = this.#window.location.pathname
    if (path === here) return
    this.#window.history.pushState({ from: here } satisfies Entry, '', path)
    this.#route = route
  }

  replace(route: Route): void {
    this.#window.history.replaceState(this.#entry(), '', toPath(route))
    this.#route = route
  }

  up(): void {
    const above = levelAbove(this.#route)
    if (above.view === 'start') return
    // Going back keeps what the browser keeps with the entry; only when that entry really is the level above.
    if (this.#entry().from === toPath(above)) this.#window.history.back()
    else this.replace(above)
  }

  #entry(): Entry {
    const state: unknown = this.#window.history.state
    const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null
    return { from: typeof from === 'string' ? from : null }
  }
}
