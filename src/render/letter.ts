/**
 * What the rest of the app knows of showing a letter. Everything hostile stays inside `render/`: the HTML goes through
 * the sanitiser and our own walker into a tree of plain data, and an opaque frame builds it (docs/adr, frame design A).
 */

/** A flat pre-order list: text, an opened tag, or 0 for a close. Nesting would hit clone recursion limits. */
export type LetterOp = string | 0 | readonly [tag: string, attributes: readonly string[], styleIndex: number, imageIndex: number]

export interface LetterTree {
  readonly ops: readonly LetterOp[]
  /** Interned inline styles: property, value, priority, … */
  readonly styles: readonly (readonly string[])[]
  readonly sheets: readonly unknown[]
  /** Where pictures come from: `cid:` parts, data URLs, remote URLs. Filled in by `LetterImages`. */
  readonly images: readonly LetterImage[]
  readonly quirks: boolean
  readonly isTruncated: boolean
  /** Remote pictures held back. */
  readonly remoteImages: number
  /** Top-level quoted parts that the frame folds. */
  readonly quotes: number
}

export type LetterImage =
  | { readonly kind: 'cid'; readonly cid: string }
  | { readonly kind: 'data'; readonly url: string }
  | { readonly kind: 'remote'; readonly url: string }

export interface LetterLink {
  readonly href: string
  readonly text: string
  readonly button: number
  readonly ctrl: boolean
  readonly meta: boolean
  readonly shift: boolean
}

export interface LetterFrameEvents {
  /** Content height and width in CSS px, clamped. */
  onSize(height: number, width: number): void
  onPainted(id: string): void
  /** A click on a link, already parsed and allowed (http, https, mailto, tel). */
  onLink(link: LetterLink): void
  /** Pointer or focus on a link, null when it leaves: the app shows the real host (`data-link-target`). */
  onLinkTarget(href: string | null): void
  onKey(press: { key: string; ctrl: boolean; meta: boolean; alt: boolean; shift: boolean }): void
  /** The frame reloaded, broke its policy or stayed silent: show the plain text. */
  onFailed(reason: string): void
}
