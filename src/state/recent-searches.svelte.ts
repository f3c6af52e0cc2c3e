/**
 * What the reader searched for lately, one account apart from the other. Kept in memory and nowhere else: what somebody
 * looks for says much, and signing out, here or in another tab, leaves nothing of it.
 */

const KEPT = 8

export class RecentSearches {
  /** By account object: one that signed out and in again is another. */
  readonly #texts = new WeakMap<object, readonly string[]>()
  #changes = $state.raw(0)

  /** The newest first. */
  of(account: object): readonly string[] {
    // The map is no state of Svelte's: the number of changes stands for it.
    return this.#changes < 0 ? [] : (this.#texts.get(account) ?? [])
  }

  add(account: object, text: string): void {
    if (text === '') return
    const others = this.of(account).filter((other) => other.toLowerCase() !== text.toLowerCase())
    this.#write(account, [text, ...others].slice(0, KEPT))
  }

  forget(account: object): void {
    this.#write(account, [])
  }

  #write(account: object, texts: readonly string[]): void {
    this.#texts.set(account, texts)
    this.#changes += 1
  }
}
