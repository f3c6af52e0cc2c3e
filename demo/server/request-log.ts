/** What came in, for tests that count round trips and bytes. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  /** JMAP methods called, in order. */
  readonly calls: readonly string[]
  readonly bytesIn: number
  readonly bytesOut: number
  readonly status: number
}

export class RequestLog {
  #entries: LoggedRequest[] = []

  get entries(): readonly LoggedRequest[] {
    return this.#entries
  }

  record(entry: LoggedRequest): void {
    this.#entries.push(entry)
    // A server that runs for days must not remember them.
    if (this.#entries.length > 10_000) this.#entries = this.#entries.slice(-5_000)
  }

  clear(): void {
    this.#entries = []
  }
}
