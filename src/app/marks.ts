/** User Timing marks for what is on screen: the benches and the tests of the product hold on to them. */

/** Marks after the frame that holds the change was painted: rAF runs before the paint, the task behind it after. */
export function createMarker(window: Window): (name: string, detail?: unknown) => Promise<void> {
  return async (name, detail) => {
    // A hidden page paints nothing and runs no rAF: then the mark says when the work was done.
    if (!window.document.hidden) await painted(window)
    window.performance.mark(name, { detail })
  }
}

function painted(window: Window): Promise<void> {
  return new Promise((resolve) => {
    window.requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    })
  })
}
