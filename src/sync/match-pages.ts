/**
 * What the server still finds of all that match, with what is left out of it, which it goes on finding. That is passed
 * over: it gathers at the beginning, since all else leaves the answer once it is changed, and each page begins behind
 * what was seen of it. What was looked past is looked at once more in the end, since another device may have moved it.
 * Where conversations are meant, what is found stands for all of its own.
 */
import type { CallResult, JmapResponse } from '../jmap/client.ts'
import type { BlobId, EmailId, Invocation } from '../jmap/types.ts'
import { leftOut } from '../mutations/left-out.ts'
import type { Matching } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import { idsIn, listIn, numberIn } from './read-results.ts'

/** Calls of Email/query and Email/get each in one request; of Email/set as many. */
const CALLS = 2

const calls = Array.from({ length: CALLS }, (_, at) => {
  const idOf = (name: string): string => `${name}.${String(at)}`
  return { left: idOf('left'), of: idOf('of'), threads: idOf('threads'), all: idOf('whole'), at }
})

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
  /** Of ids in one answer. Conversations may have more messages than a server gives at once: then it is less. */
  #limit: number
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
    const { filter, match } = this.#of
    const properties = ['id', 'blobId', ...this.#of.properties]
    return calls.flatMap(({ left, of, threads, all, at }) => {
      const ids = { resultOf: left, name: 'Email/query', path: '/ids' }
      const position = this.#position + at * limit
      const query = this.#ctx.call('Email/query', { filter, position, limit, calculateTotal: at === 0 }, left)
      if (!match.isByThread) return [query, this.#ctx.call('Email/get', { '#ids': ids, properties }, of)]
      const found = { resultOf: of, name: 'Email/get', path: '/list/*/threadId' }
      const theirs = { resultOf: threads, name: 'Thread/get', path: '/list/*/emailIds' }
      return [
        query,
        this.#ctx.call('Email/get', { '#ids': ids, properties: ['id', 'blobId', 'threadId'] }, of),
        this.#ctx.call('Thread/get', { '#ids': found }, threads),
        this.#ctx.call('Email/get', { '#ids': theirs, properties }, all),
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
    for (const { left, of, all, at } of calls) {
      const [query, get] = [response.result(left), response.result(of)]
      const whole = this.#of.match.isByThread ? response.result(all) : get
      if (!query.ok || !get.ok || !whole.ok) return this.#isTooMuch(whole) ? { meant: [], isPassed: true } : undefined
      if (at === 0) total = numberIn(query.args, 'total')
      const out = new Set((listIn(get.args) as unknown as Found[]).filter(this.#isLeftOut).map(({ id }) => id))
      for (const item of listIn(whole.args).map(this.#of.parse)) if (!this.#isLeftOut(item)) meant.set(item.id, item)
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

  /** RFC 8620 §5.1: a quarter less is asked for next. */
  #isTooMuch(result: CallResult): boolean {
    if (result.ok || result.type !== 'requestTooLarge' || this.#limit === 1) return false
    this.#limit = Math.max(1, Math.floor(this.#limit * 0.75))
    return true
  }

  /** False: nothing was meant from the beginning to the end. */
  #beginAnew(): boolean {
    if (!this.#hasFound) return false
    this.#position = 0
    this.#hasFound = false
    return true
  }
}
