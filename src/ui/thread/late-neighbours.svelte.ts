/** The conversations beside the open one are made ready once that one stands; the code for it comes then too. */
import { Lazy } from '../shared/lazy.svelte.ts'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { ThreadId } from '../../jmap/types.ts'
import type { Clock } from '../../platform/clock.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { PreparedThread } from '../../state/thread-ahead.ts'

/** What is opened is painted first: nothing else takes the page's time until then. */
const settleMs = 80
/** One that comes from the server may take long. */
const patienceMs = 1000

export interface LateNeighboursInput {
  readonly clock: Clock
  readonly desk: LetterDesk
  readonly account: () => OpenAccount
  readonly threadIds: () => readonly ThreadId[]
}

export class LateNeighbours {
  readonly #parts = new Lazy(() => import('./ahead-parts.ts'))
  readonly #input: LateNeighboursInput
  readonly #neighbours = $derived.by(() => {
    const { value } = this.#parts
    return value && new value.Neighbours(this.#input.account(), this.#input.desk)
  })

  constructor(input: LateNeighboursInput) {
    this.#input = input
    $effect(() => {
      // what was painted ahead with other looks is painted anew
      const [ids, neighbours] = [input.threadIds(), this.#neighbours, input.desk.looks]
      const left = new AbortController()
      const stop = input.clock.after(input.desk.isBusy ? patienceMs : settleMs, () => {
        // A replica that was closed meanwhile: opening the conversation reads again, and says so.
        if (neighbours) neighbours.prepare(ids, left.signal).catch(() => undefined)
        else this.#parts.load()
      })
      return () => {
        stop()
        left.abort()
      }
    })
  }

  /** Where letters are painted ahead. */
  get Aside(): typeof import('./ahead-parts.ts').Aside | undefined {
    return this.#parts.value?.Aside
  }

  /** What was read of a conversation, once. */
  take(threadId: ThreadId): PreparedThread | undefined {
    return this.#neighbours?.take(threadId)
  }
}
