/** Where the frames of articles stand. Not reactive: it is asked when a conversation is laid out, and changes with it. */
export class ShellHosts {
  readonly #hosts = new Map<string, HTMLElement>()

  /** `key` is the article's. The returned function takes it out. */
  add(key: string, host: HTMLElement): () => void {
    this.#hosts.set(key, host)
    return () => {
      this.#hosts.delete(key)
    }
  }

  /** How wide a letter is laid out; 0 where none is. Asks for the layout. */
  width(): number {
    return Math.max(0, ...[...this.#hosts.values()].map((host) => host.clientWidth))
  }

  /** Articles whose frame is alive, and would be lost if they moved. */
  live(): ReadonlySet<string> {
    return new Set([...this.#hosts].filter(([, host]) => host.firstElementChild !== null).map(([key]) => key))
  }
}
