/** The conversation's chunk: not part of the first route, fetched once its rows are on screen. */
import type ThreadPane from '../thread/ThreadPane.svelte'

export interface LazyThreadPane {
  readonly component: typeof ThreadPane | undefined
  readonly hasFailed: boolean
  load(): void
}

/** One state per view: a failed load can be tried again, a done one stays. */
export function threadPane(): LazyThreadPane {
  let component = $state.raw<typeof ThreadPane | undefined>()
  let hasFailed = $state.raw(false)
  return {
    get component() {
      return component
    },
    get hasFailed() {
      return hasFailed
    },
    load() {
      if (component) return
      hasFailed = false
      prefetchThreadPane().then(
        (loaded) => {
          component = loaded
        },
        () => {
          hasFailed = true
        },
      )
    },
  }
}

export async function prefetchThreadPane(): Promise<typeof ThreadPane> {
  const chunk = await import('../thread/conversation.ts')
  return chunk.ThreadPane
}
