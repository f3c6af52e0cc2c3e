/**
 * What the server still finds of all that match, with what is left out of it, which it goes on finding. That is passed
 * over: it gathers at the beginning, since all else leaves the answer once it is changed, and each page begins behind
 * what was seen of it. What was looked past is looked at once more in the end, since another device may have moved it.
 */
import type { JmapResponse } from '../jmap/client.ts'
import type { BlobId, EmailId, Invocation } from '../jmap/types.ts'
import { leftOut } from '../mutations/left-out.ts'
import type { Matching } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import { idsIn, listIn, numberIn } from './read-results.ts'

/** Calls of Email/query and Email/get each in one request; of Email/set as many. */
const CALLS = 2

const calls = Array.from({ length: CALLS }, (_, at) => ({ left: `left.${String(at)}`, of: `of.${String(at)}`, at }))

interface Found {
  readonly id: EmailId
  readonly blobId: BlobId
}

export interface Page<T> {
  /** What is meant, as it is now. */
  readonly meant: readonly T[]
  readonly total?: number
  /** Nothing on it is meant, and it is not all. */
  readonly isPassed: boolean
}

interface PagesOf<T> {
  readonly match: Matching
  readonly filter: unknown
  /** Besides `id` and `blobId`. */
  readonly properties: readonly string[]
  readonly parse: (item: Readonly<Record<string, unknown>>) => T
}

export class MatchPages<T extends Found> {
  readonly #ctx: AccountContext
  readonly #of: PagesOf<T>
  readonly #limit: number
  #isLeftOut: ReturnType<typeof leftOut>
  /** Left out, by an id alone, which they may have no more. */
  #unnamed: readonly EmailId[]
  /** Everything before it is left out. */
  #position = 0
  /** Something was meant since this walk began. */
  #hasFound = false
  /** They match and are left out. */
  readonly #passed = new Set<EmailId>()

  constructor(ctx: AccountContext, of: PagesOf<T>) {
    const { maxObjectsInGet, maxObjectsInSet } = ctx.deps.client.session.limits
    this.#ctx = ctx
    this.#of = of
    this.#limit = Math.max(1, Math.min(maxObjectsInSet, maxObjectsInGet))
    this.#isLeftOut = leftOut(of.match)
    const { except } = of.match
    this.#unnamed = except?.emailIds.filter((_, at) => !except.blobIds[at]) ?? []
  }

  look(): Invocation[] {
    const limit = this.#limit
    if (this.#unnamed.length > 0) {
      const ids = this.#unnamed.slice(0, limit)
      return [this.#ctx.call('Email/get', { ids, properties: ['id', 'blobId'] }, 'unnamed')]
    }
    const { filter, properties } = this.#of
    return calls.flatMap(({ left, of, at }) => {
      const ids = { resultOf: left, name: 'Email/query', path: '/ids' }
      const position = this.#position + at * limit
      return [
        this.#ctx.call('Email/query', { filter, position, limit, calculateTotal: at === 0 }, left),
        this.#ctx.call('Email/get', { '#ids': ids, properties: ['id', 'blobId', ...properties] }, of),
      ]
    })
  }

  /** Undefined: the server did not say. */
  read(response: JmapResponse): Page<T> | undefined {
    return this.#unnamed.length > 0 ? this.#learn(response) : this.#read(response)
  }

  /** By what else those are known that are left out (Stalwart tells it of dead ids, too). */
  #learn(response: JmapResponse): Page<T> | undefined {
    const get = response.result('unnamed')
    if (!get.ok) return undefined
    const blobIds = listIn(get.args).map(({ blobId }) => blobId as BlobId)
    const isNamed = this.#isLeftOut
    const isLearned = leftOut({ except: { emailIds: [], blobIds } })
    this.#isLeftOut = (message) => isNamed(message) || isLearned(message)
    this.#unnamed = this.#unnamed.slice(this.#limit)
    return { meant: [], isPassed: true }
  }

  #read(response: JmapResponse): Page<T> | undefined {
    const meant = new Map<EmailId, T>()
    let total: number | undefined
    let isPassing = true
    let [passed, count] = [0, 0]
    for (const { left, of, at } of calls) {
      const [query, get] = [response.result(left), response.result(of)]
      if (!query.ok || !get.ok) return undefined
      if (at === 0) total = numberIn(query.args, 'total')
      const out = new Set<EmailId>()
      for (const item of listIn(get.args).map(this.#of.parse)) {
        if (this.#isLeftOut(item)) out.add(item.id)
        else meant.set(item.id, item)
      }
      for (const id of out) this.#passed.add(id)
      const ids = idsIn<EmailId>(query.args, 'ids')
      count += ids.length
      const first = ids.findIndex((id) => !out.has(id))
      if (isPassing) passed += first < 0 ? ids.length : first
      // A server may give fewer than it was asked for: then the next call begins somewhere farther down.
      isPassing &&= first < 0 && ids.length === this.#limit
    }
    const isWhole = this.#position === 0
    this.#position += passed
    this.#hasFound ||= meant.size > 0
    const isMore = passed > 0 && (total === undefined ? count >= this.#limit : this.#position < total)
    return {
      meant: [...meant.values()],
      ...(total !== undefined && { total: Math.max(0, total - this.#passed.size) }),
      isPassed: meant.size === 0 && (isMore || (!isWhole && this.#beginAnew())),
    }
  }

  /** False: nothing was meant from the beginning to the end. */
  #beginAnew(): boolean {
    if (!this.#hasFound) return false
    this.#position = 0
    this.#hasFound = false
    return true
  }
}
