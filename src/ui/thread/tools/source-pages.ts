/**
 * The source of a message as text to look at: bit by bit, since a page of fifty megabytes stands still, and with marks in
 * place of characters that turn or hide what follows.
 */
const pageBytes = 256_000
/** A piece is one block of the page: what is out of sight costs no layout. */
const pieceLength = 16_000

// eslint-disable-next-line no-control-regex -- these very characters are shown
const deceptive = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

export class SourcePages {
  readonly #blob: Blob
  readonly #decoder = new TextDecoder()
  #at = 0

  constructor(blob: Blob) {
    this.#blob = blob
  }

  /** Bytes that have not been shown. */
  get left(): number {
    return Math.max(0, this.#blob.size - this.#at)
  }

  /** The next page, in pieces that end with a line where there are lines. */
  async next(): Promise<readonly string[]> {
    const bytes = await this.#blob.slice(this.#at, this.#at + pageBytes).arrayBuffer()
    this.#at += bytes.byteLength
    const text = this.#decoder.decode(bytes, { stream: this.left > 0 })
    return pieces(text.replace(/\r\n?/g, '\n').replace(deceptive, shownAs))
  }
}

/** "‹202E›" for what would be unseen. */
function shownAs(character: string): string {
  return `‹${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`
}

function pieces(text: string): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < text.length;) {
    const end = at + pieceLength
    const line = end < text.length ? text.lastIndexOf('\n', end) : -1
    const next = line > at ? line + 1 : Math.min(end, text.length)
    found.push(text.slice(at, next))
    at = next
  }
  return found
}
