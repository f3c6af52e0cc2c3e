/**
 * Pages downwards by date: `before` stays true while messages come and go above, needs no anchor that could be
 * destroyed meanwhile, and James has it too (its anchors are refused, D8).
 */
export class PageCursor {
  #before: string | undefined
  #position = 0

  constructor(from?: string) {
    this.#before = from === undefined ? undefined : secondAfter(from)
  }

  /** What the next Email/query adds to its arguments. */
  get args(): { filter?: { before: string }; position?: number } {
    return {
      ...(this.#before === undefined ? {} : { filter: { before: this.#before } }),
      ...(this.#position > 0 ? { position: this.#position } : {}),
    }
  }

  /** `last` is the date of the page's last row, `count` its length. */
  advance(last: string, count: number): void {
    const next = secondAfter(last)
    if (this.#before !== undefined && Date.parse(next) >= Date.parse(this.#before)) {
      // More messages in one second than a page holds: go on by position inside it.
      this.#position += Math.max(1, count - OVERLAP)
      return
    }
    this.#before = next
    this.#position = 0
  }
}

/** Rows asked twice within one second, so that one destroyed in between opens no gap. */
const OVERLAP = 10

/** `before` is exclusive (RFC 8621 §4.4.1) and some servers cut it to the second. */
function secondAfter(date: string): string {
  return new Date(Math.floor(Date.parse(date) / 1000) * 1000 + 1000).toISOString().replace('.000Z', 'Z')
}
