/** A part of the app that is not in the first script: here once it was loaded, and asked for again if it did not arrive. */
export class Lazy<T> {
  #value = $state.raw<T | undefined>()
  #hasFailed = $state.raw(false)
  readonly #load: () => Promise<T>

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  get value(): T | undefined {
    return this.#value
  }

  get hasFailed(): boolean {
    return this.#hasFailed
  }

  load(): void {
    this.#load().then(
      (value) => {
        this.#value = value
      },
      // What asked for it stays as it is, and asks again the next time it is used.
      () => {
        this.#hasFailed = true
      },
    )
  }
}
