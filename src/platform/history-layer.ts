/**
 * What lies over the page has a history entry of its own, of the same place: back on a phone closes it, and nothing
 * behind it. The router meets the same address and changes nothing.
 */
interface LayerState {
  /** As the router keeps it: which path was left. */
  readonly from: string
  /** How many layers lie over the page. */
  readonly over: number
}

/** `onBack` is called once the entry was left. The returned function takes it away if it is still there. */
export function openHistoryLayer(window: Window, onBack: () => void): () => void {
  const { history, location } = window
  const mine = depth(history.state) + 1
  const path = location.pathname + location.search
  history.pushState({ from: path, over: mine } satisfies LayerState, '', path)
  const follow = (): void => {
    if (depth(history.state) >= mine) return
    window.removeEventListener('popstate', follow)
    onBack()
  }
  window.addEventListener('popstate', follow)
  return () => {
    window.removeEventListener('popstate', follow)
    if (depth(history.state) === mine) history.back()
  }
}

function depth(state: unknown): number {
  const over = typeof state === 'object' && state !== null && 'over' in state ? state.over : 0
  return typeof over === 'number' ? over : 0
}
