/**
 * What the rest of the app knows of showing a letter. Everything hostile stays inside `render/`: the HTML goes through
 * the sanitiser and our own walker into a tree of plain data, and an opaque frame builds it (docs/adr, frame design A).
 */

/** A flat pre-order list: text, an opened tag, or 0 for a close. Nesting would hit clone recursion limits. */
export type LetterOp = string | 0 | LetterOpen

/** `attributes` is name, value, name, value, …; an index of -1 means none. */
export type LetterOpen = readonly [tag: string, attributes: readonly string[], styleIndex: number, imageIndex: number]

/** Not a tag: a run of siblings that is a quote. Its attributes are `['lines', N]`, and `N` is read aloud on its pill. */
export const quoteTag = 'postern:quote'

/** Property, value, priority, property, … as longhands. */
export type Declarations = readonly string[]

/** A style rule, or a media rule with rules in it. */
export type LetterRule =
  | readonly [selector: string, declarations: Declarations]
  | readonly [media: string, nothing: null, rules: readonly LetterRule[]]

export interface LetterTree {
  readonly ops: readonly LetterOp[]
  /** Interned inline styles, one entry per distinct style text. */
  readonly styles: readonly Declarations[]
  readonly sheets: readonly LetterRule[]
  /** Where pictures come from: `cid:` parts, data URLs, remote URLs. Resolved by `LetterImages`. */
  readonly images: readonly LetterImage[]
  /** Without a doctype: meant for the rules of quirks mode, which `quirks/` writes into the tree. */
  readonly quirks: boolean
  readonly isTruncated: boolean
  /** Has colours or a layout of its own, so that a dark theme shows it on a light sheet. */
  readonly isDesigned: boolean
  /** Made for dark paper (`dark/darken-letter.ts`). */
  readonly isDarkened?: true
  /** Distinct remote pictures held back. */
  readonly remoteImages: number
  /** Lines of each top-level quote, in order: the frame folds these. */
  readonly quoteLines: readonly number[]
}

export type LetterImage =
  | { readonly kind: 'cid'; readonly cid: string }
  | { readonly kind: 'data'; readonly url: string }
  | { readonly kind: 'remote'; readonly url: string }

/** Addresses from which remote pictures may be loaded, by their index. */
export type AllowedPictures = ReadonlyMap<number, string>

/** A picture as it goes into the frame: bytes, a data URL, an https URL (open frame only), or nothing yet. */
export type ImageSource = Blob | string | null

/** The app's colours and type, as computed CSS values. Simple letters take them; designed ones keep their own. */
export interface LetterTheme {
  readonly scheme: 'light' | 'dark'
  readonly text: string
  readonly muted: string
  readonly link: string
  readonly line: string
  readonly well: string
  readonly fontFamily: string
  readonly monospace: string
  readonly fontSize: string
  readonly lineHeight: string
}

export interface LetterLink {
  readonly href: string
  readonly text: string
}

export interface LetterKey {
  readonly key: string
  readonly code: string
  readonly ctrl: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
}

export interface LetterFrameEvents {
  /** Content height and width in CSS px, clamped. */
  onSize(height: number, width: number): void
  /** The letter stands, and where the frame is on screen it is painted. */
  onPainted(id: string): void
  /** A click on a link, already parsed and allowed (http, https, mailto, tel). */
  onLink(link: LetterLink): void
  /** Pointer or focus on a link, null when it leaves: the app shows the real host (`data-link-target`). */
  onLinkTarget(href: string | null): void
  onKey(press: LetterKey): void
  /** A link within the letter was followed: its target is `y` px below the frame's top. */
  onAnchor?(y: number): void
  /** The frame reloaded, broke its policy or stayed silent: show the plain text. */
  onFailed(reason: string): void
}
