/** The database was closed under this page: by a newer build in another tab. Only loading the page again helps. */
export class Outdated {
  #isOutdated = $state.raw(false)

  get isOutdated(): boolean {
    return this.#isOutdated
  }

  /** A sign-out closes it too; then there are no accounts either, and the sign-in takes the page's place. */
  readonly report = (): void => {
    this.#isOutdated = true
  }
}
