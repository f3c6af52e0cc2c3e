/**
 * What lies over the page has a history entry of its own, of the same place: back on a phone closes it, and nothing
 * behind it. The router meets the same address and changes nothing.
 */
import { layerDepth } from './layer-depth.ts'

interface LayerState {
  /** As the router keeps it: which path was left. */
  readonly from: string
  /** How many layers lie over the page. */
  readonly over: number
}

/** `onBack` is called once the entry was left. The returned function takes it away if it is still there. */
export function openHistoryLayer(window: Window, onBack: () => void): () => void {
  const { history, location } = window
  const mine = layerDepth(history.state) + 1
  const path = location.pathname + location.search
  history.pushState({ from: path, over: mine } satisfies LayerState, '', path)
  const follow = (): void => {
    if (layerDepth(history.state) >= mine) return
    window.removeEventListener('popstate', follow)
    onBack()
  }
  window.addEventListener('popstate', follow)
  return () => {
    window.removeEventListener('popstate', follow)
    if (layerDepth(history.state) === mine) history.back()
  }
}
