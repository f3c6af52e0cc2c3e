/** Runs wanted jobs one after the other, the most important first. A job wanted twice before it starts runs once. */
export interface LaneHandlers<Job> {
  run(job: Job): Promise<void>
  /** After each job, and whenever what is wanted has changed. */
  changed(): void
  /** `again`: keep it wanted; `pause`: keep it, and start nothing until `resume`; `drop`: forget it. */
  failed(job: Job, error: unknown): 'again' | 'pause' | 'drop'
}

export class Lane<Job> {
  readonly #order: readonly Job[]
  readonly #handlers: LaneHandlers<Job>
  readonly #wanted = new Set<Job>()
  #running: Job | undefined
  #isPaused = false
  #isClosed = false

  constructor(order: readonly Job[], handlers: LaneHandlers<Job>) {
    this.#order = order
    this.#handlers = handlers
  }

  /** True if any of these runs or waits. */
  isBusyWith(jobs: readonly Job[]): boolean {
    return jobs.some((job) => this.#running === job || this.#wanted.has(job))
  }

  want(...jobs: readonly Job[]): void {
    if (this.#isClosed) return
    for (const job of jobs) this.#wanted.add(job)
    void this.#run()
  }

  resume(): void {
    this.#isPaused = false
    void this.#run()
  }

  /** What runs is not waited for; nothing else starts. */
  close(): void {
    this.#isClosed = true
    this.#wanted.clear()
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined) return
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      this.#running = job
      this.#wanted.delete(job)
      this.#handlers.changed()
      try {
        await this.#handlers.run(job)
      } catch (error) {
        const verdict = this.#handlers.failed(job, error)
        if (verdict !== 'drop' && !this.#isClosed) this.#wanted.add(job)
        if (verdict === 'pause') this.#isPaused = true
      }
      this.#running = undefined
    }
    this.#handlers.changed()
  }

  #next(): Job | undefined {
    if (this.#isPaused || this.#isClosed) return undefined
    return this.#order.find((job) => this.#wanted.has(job))
  }
}
