/**
 * Which ids a pull has spoken about, and when. A `get` outside the lane notes a mark before it leaves; its answer is
 * written only for ids that no pull touched since, because the pull's word may be newer (L2: a late get overwrites).
 */
export class TouchLog {
  #now = 0
  #allTouched = 0
  readonly #touched = new Map<string, number>()
  readonly #open = new Map<symbol, number>()

  /** Taken before a request leaves. `close` it when the answer was written, so that the log can forget. */
  mark(): { wasTouched(id: string): boolean; close(): void } {
    const since = this.#now
    const key = Symbol('mark')
    this.#open.set(key, since)
    return {
      wasTouched: (id) => Math.max(this.#allTouched, this.#touched.get(id) ?? -1) > since,
      close: () => {
        this.#open.delete(key)
        if (this.#open.size === 0) this.#touched.clear()
      },
    }
  }

  /** Called before the pull's transaction begins, never after: a write in between must already see it. */
  touch(ids: Iterable<string>): void {
    this.#now += 1
    if (this.#open.size === 0) return
    for (const id of ids) this.#touched.set(id, this.#now)
  }

  /** A token was taken from the server without the changes that led to it: no answer already under way counts. */
  touchAll(): void {
    this.#now += 1
    this.#allTouched = this.#now
  }
}
