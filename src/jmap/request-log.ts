/**
 * The last requests, for whoever has to find out why mail does not come: when, which methods, how long, how it ended.
 * Nothing of what was asked or answered but the types of errors: `detail` of Stalwart repeats the request (M19).
 */
import type { Clock } from '../platform/clock.ts'
import { JmapError } from './errors.ts'
import type { ParsedResponse } from './parse-response.ts'
import { asObject, own } from './wire-json.ts'

const KEPT = 50

export interface RequestEntry {
  /** ms since the epoch, by the device's clock. */
  readonly at: number
  readonly methods: readonly string[]
  readonly ms: number
  readonly status: number | undefined
  /** A JmapErrorKind, where there was no answer to use. */
  readonly failure: string | undefined
  /** Types of method errors and of what /set refused, in the server's words: not to be shown unread. */
  readonly errors: readonly unknown[]
}

export class RequestLog {
  readonly #clock: Clock
  #entries: readonly RequestEntry[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Oldest first. */
  get entries(): readonly RequestEntry[] {
    return this.#entries
  }

  async watch<T>(methods: readonly string[], send: () => Promise<T>): Promise<T> {
    const [at, start] = [this.#clock.now(), this.#clock.monotonic()]
    const note = (end: Pick<RequestEntry, 'status' | 'failure' | 'errors'>): void => {
      const ms = this.#clock.monotonic() - start
      this.#entries = [...this.#entries.slice(1 - KEPT), { at, methods, ms, ...end }]
    }
    try {
      const answer = await send()
      note({ status: 200, failure: undefined, errors: errorsIn(answer) })
      return answer
    } catch (error) {
      const known = error instanceof JmapError ? error : undefined
      note({ status: known?.status, failure: known?.kind ?? 'internal', errors: [] })
      throw error
    }
  }
}

function errorsIn(answer: unknown): unknown[] {
  const { byCall } = answer as Partial<ParsedResponse>
  return [...(byCall?.values() ?? [])].flat().flatMap((result) => {
    if (!result.ok) return [result.type]
    return ['notCreated', 'notUpdated', 'notDestroyed'].flatMap((name) =>
      Object.values(asObject(own(result.args, name)) ?? {}).map((error) => own(asObject(error), 'type')),
    )
  })
}
