/** A list as a page has it on screen, over a bench's replica and engine. */
import type { ListQuery } from '../../src/mail/list.ts'
// Loaded beforehand: a virtual clock does not wait for code that a list fetches when it needs it.
import '../../src/state/far-rows.ts'
import { NarrowedList, type NarrowedListInput } from '../../src/state/narrowed-list.ts'
import type { EngineBench } from './engine-bench.ts'

export interface OpenList {
  readonly list: NarrowedList
  close(): void
}

/** A list that somebody looks at, through whatever engine leads. */
export function openList(bench: EngineBench, query: ListQuery): OpenList {
  const port = {
    get status() {
      return bench.engine.status
    },
    onStatus: () => () => undefined,
    fetchWindow: (request: Parameters<EngineBench['engine']['fetchWindow']>[0]) => bench.engine.fetchWindow(request),
  }
  let stop: (() => void) | void
  let isFollowed = false
  const subscriber: NarrowedListInput['subscriber'] = (start) => () => {
    if (isFollowed) return
    isFollowed = true
    stop = start(() => undefined)
  }
  const account = { replica: bench.replica, port } as unknown as NarrowedListInput['account']
  const list = new NarrowedList({ account, query, clock: bench.clock, subscriber })
  // Looked at from now on.
  list.observe(0, list.length + 9)
  return { list, close: () => stop?.() }
}
