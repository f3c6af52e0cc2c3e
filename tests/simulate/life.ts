/**
 * A tab's life. All that its code waits for goes through here, so that it can end at any await, or stand still: then
 * nothing reaches it until it goes on. What a dead one waits for never comes.
 */

/** Thrown into a transaction's body, which is rolled back, as a browser does with those of a tab that died. */
export class Crashed extends Error {}

export class Life {
  isDead = false
  isFrozen = false
  /** Resolves when it ends. */
  readonly over: Promise<void>
  #awaitsLeft = Infinity
  #end: () => void = () => undefined
  readonly #held: (() => void)[] = []
  readonly #closers: (() => void)[] = []

  constructor() {
    this.over = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  get isDoomed(): boolean {
    return this.#awaitsLeft !== Infinity
  }

  crashAfter(awaits: number): void {
    this.#awaitsLeft = awaits
  }

  spare(): void {
    this.#awaitsLeft = Infinity
  }

  onEnd(close: () => void): void {
    this.#closers.push(close)
  }

  end(): void {
    if (this.isDead) return
    this.isDead = true
    this.#held.length = 0
    for (const close of this.#closers.splice(0)) close()
    this.#end()
  }

  freeze(): void {
    this.isFrozen = true
  }

  thaw(): void {
    this.isFrozen = false
    for (const task of this.#held.splice(0)) this.run(task)
  }

  /** One await passed; false: it died there. */
  point(): boolean {
    if (this.isDead) return false
    this.#awaitsLeft -= 1
    if (this.#awaitsLeft > 0) return true
    this.end()
    return false
  }

  run(task: () => void): void {
    if (this.isDead) return
    if (this.isFrozen) this.#held.push(task)
    else if (this.point()) task()
  }

  through<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      const settle = (): void => this.run(() => resolve(work))
      work.then(settle, settle)
    })
  }
}

export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined)
}
