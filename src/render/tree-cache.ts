/** Prepared letters, least recently used first out. Trees are cached and never HTML, which would be parsed again. */
import type { LetterTree } from './letter.ts'

export class TreeCache {
  readonly #limit: number
  readonly #trees = new Map<string, LetterTree>()

  constructor(limit = 20) {
    this.#limit = limit
  }

  get(key: string): LetterTree | undefined {
    const tree = this.#trees.get(key)
    if (tree !== undefined) {
      this.#trees.delete(key)
      this.#trees.set(key, tree)
    }
    return tree
  }

  set(key: string, tree: LetterTree): void {
    this.#trees.delete(key)
    this.#trees.set(key, tree)
    for (const oldest of this.#trees.keys()) {
      if (this.#trees.size <= this.#limit) break
      this.#trees.delete(oldest)
    }
  }

  /** On sign-out and account switch. */
  clear(): void {
    this.#trees.clear()
  }
}
