/** A list as a page has it on screen, over any replica and whoever answers for its engine. */
import type { ListQuery } from '../../src/mail/list.ts'
// Loaded beforehand: a virtual clock does not wait for code that a list fetches when it needs it.
import '../../src/state/far-rows.ts'
import { NarrowedList, type NarrowedListInput } from '../../src/state/narrowed-list.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { ReplicaReads } from '../../src/replica/replica.ts'
import type { AccountPort } from '../../src/sync/engine-port.ts'
import type { EngineBench } from './engine-bench.ts'

export interface OpenList {
  readonly list: NarrowedList
  close(): void
}

/** What a list reads, and what it asks for. */
export interface ListHome {
  readonly clock: Clock
  readonly replica: ReplicaReads
  readonly port: Pick<AccountPort, 'status' | 'onStatus' | 'fetchWindow'>
}

/** A bench's replica, and whatever engine leads. */
export function homeOf(bench: EngineBench): ListHome {
  const port: ListHome['port'] = {
    get status() {
      return bench.engine.status
    },
    onStatus: () => () => undefined,
    fetchWindow: (request) => bench.engine.fetchWindow(request),
  }
  return { clock: bench.clock, replica: bench.replica, port }
}

/** A list that somebody looks at. */
export function openList({ clock, replica, port }: ListHome, query: ListQuery): OpenList {
  let stop: (() => void) | void
  let isFollowed = false
  const subscriber: NarrowedListInput['subscriber'] = (start) => () => {
    if (isFollowed) return
    isFollowed = true
    stop = start(() => undefined)
  }
  const account = { replica, port } as unknown as NarrowedListInput['account']
  const list = new NarrowedList({ account, query, clock, subscriber })
  // Looked at from now on.
  list.observe(0, list.length + 9)
  return { list, close: () => stop?.() }
}
