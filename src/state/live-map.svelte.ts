/**
 * A Map and a Set that runes follow as a whole. Svelte's own follow every key apart, and bring 2.7 kB into the first
 * chunk for it; what is kept here has a few entries, and whoever reads one asks for little more.
 */
export class LiveMap<K, V> {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see above
  readonly #entries = new Map<K, V>()
  readonly #change = new Change()

  get(key: K): V | undefined {
    this.#change.follow()
    return this.#entries.get(key)
  }

  has(key: K): boolean {
    this.#change.follow()
    return this.#entries.has(key)
  }

  set(key: K, value: V): void {
    if (this.#entries.get(key) === value) return
    this.#entries.set(key, value)
    this.#change.tell()
  }

  /** As they stand now: what is set meanwhile is not met. */
  entries(): readonly (readonly [K, V])[] {
    this.#change.follow()
    return Array.from(this.#entries)
  }
}

export class LiveSet<T> {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see above
  readonly #values = new Set<T>()
  readonly #change = new Change()

  has(value: T): boolean {
    this.#change.follow()
    return this.#values.has(value)
  }

  add(value: T): void {
    if (this.#values.has(value)) return
    this.#values.add(value)
    this.#change.tell()
  }

  /** True if it was there. */
  delete(value: T): boolean {
    const was = this.#values.delete(value)
    if (was) this.#change.tell()
    return was
  }

  clear(): void {
    if (this.#values.size === 0) return
    this.#values.clear()
    this.#change.tell()
  }

  values(): readonly T[] {
    this.#change.follow()
    return Array.from(this.#values)
  }
}

class Change {
  #last = $state.raw({})

  follow(): unknown {
    return this.#last
  }

  /** Writes without reading: an effect that changes something does not follow it by that. */
  tell(): void {
    this.#last = {}
  }
}
