/** The last 50 things that happened to a list: with them a bug report becomes a fixture. Ids and numbers only. */
export interface ListEvent {
  readonly at: number
  readonly what: string
  readonly detail: Readonly<Record<string, string | number | boolean | undefined>>
}

const KEPT = 50

export class ListEvents {
  readonly #events: ListEvent[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(what: string, detail: ListEvent['detail'] = {}): void {
    this.#events.push({ at: this.#now(), what, detail })
    if (this.#events.length > KEPT) this.#events.shift()
  }

  get all(): readonly ListEvent[] {
    return this.#events
  }
}
