/** One open letter on its way to the eye: what of its body is shown how, and when it is painted. */
import { LiveMap } from '../../state/live-map.svelte.ts'
import { bareCid, filesBeside, isBlank, letterContent, letterKey, plainText } from './letter-parts.ts'
import type { FramePhase, SlotLetter, SlotState } from './frame-slot.svelte.ts'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { LetterPart } from './letter-parts.ts'
import type { Email, EmailBodyPart } from '../../jmap/types.ts'
import type { AllowedPictures, LetterTree } from '../../render/letter.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { BodyState } from '../../state/thread-bodies.svelte.ts'

/** Which pictures from the internet may be loaded; the same answer for the same tree. */
export type PicturesOf = (tree: LetterTree) => AllowedPictures

export interface LetterReadingInput {
  readonly desk: LetterDesk
  readonly account: () => OpenAccount
  /** Null: folded, or no letter here. */
  readonly email: () => Email | null
  readonly body: () => BodyState
  readonly title: () => string
}

/** How a letter is shown, and what can be chosen of it. */
export interface LetterLooks {
  /** With these pictures from the internet; undefined: with none. */
  readonly pictures: PicturesOf | undefined
  /** A part of it may have looks of its own. */
  readonly hasHtml: boolean
  /** The letter that is on its own paper in a dark theme, too. */
  asSent: string | null
}

/** A part that stands after the first HTML part, or a letter without any. */
export type ShownPart =
  | Exclude<LetterPart, { kind: 'html' }>
  | { readonly kind: 'html'; readonly key: string; readonly letter: SlotLetter | null }

const nothing = { before: [], first: null, after: [] } as const

export class LetterReading implements LetterLooks {
  readonly #input: LetterReadingInput
  /** What each place last said, by the key of its part. */
  readonly #states = new LiveMap<string, SlotState>()
  /** What the frames were given last. */
  #made: readonly SlotLetter[] = []
  /** Pictures that the reader allowed: of this letter, as long as it stands here. */
  #allowed = $state.raw<{ readonly id: string; readonly of: PicturesOf } | undefined>()
  asSent = $state.raw<string | null>(null)
  #openHasFailed = $state.raw(false)

  readonly #body = $derived.by(() => {
    const body = this.#input.body()
    return this.#input.email() && body.kind === 'ready' ? body.body : undefined
  })
  readonly #content = $derived(this.#body && letterContent(this.#body))
  readonly #parts = $derived.by(() => {
    const parts = (this.#content?.parts ?? []).map((part) => this.#shown(part))
    this.#made = lettersIn(parts)
    return parts
  })

  constructor(input: LetterReadingInput) {
    this.#input = input
  }

  /** Parts by where they stand around the first HTML part, whose place outlives the letter. */
  get parts(): {
    readonly before: readonly ShownPart[]
    readonly first: SlotLetter | null
    readonly after: readonly ShownPart[]
  } {
    const index = this.#parts.findIndex((part) => part.kind === 'html')
    const first = this.#parts[index]
    if (first?.kind !== 'html') return this.#parts.length > 0 ? { ...nothing, before: this.#parts } : nothing
    return { before: this.#parts.slice(0, index), first: first.letter, after: this.#parts.slice(index + 1) }
  }

  get hasHtml(): boolean {
    return this.#parts.some((part) => part.kind === 'html')
  }

  /** Nothing came that could be read: no part, or parts without a word or a picture in them. */
  get isEmpty(): boolean {
    return this.#content !== undefined && this.#parts.every(isBlank)
  }

  /** What the sender wrote as plain text, for where no frame is. */
  get plain(): string {
    return this.#body ? plainText(this.#body) : ''
  }

  get isBusy(): boolean {
    const email = this.#input.email()
    if (!email) return false
    if (this.#input.body().kind === 'loading') return true
    if (this.hasHtml && !this.#input.desk.pool) return !this.#input.desk.hasFailed
    return this.#letters.some((letter) => {
      const phase = this.#phaseOf(letter)
      return phase === undefined || phase === 'busy' || phase === 'empty'
    })
  }

  /** Its frames were painted before they came on screen. */
  get isAhead(): boolean {
    return this.#letters.some((letter) => this.#stateOf(letter)?.isAhead === true)
  }

  get frameHasFailed(): boolean {
    return (
      (this.hasHtml && this.#input.desk.hasFailed) || this.#letters.some((letter) => this.#phaseOf(letter) === 'failed')
    )
  }

  get openHasFailed(): boolean {
    return this.#openHasFailed && this.pictures !== undefined
  }

  /** Its trees that name pictures from the internet. */
  get remote(): readonly LetterTree[] {
    return this.#letters.map((letter) => letter.tree).filter((tree) => tree.remoteImages > 0)
  }

  get isTruncated(): boolean {
    return (this.#content?.isTruncated ?? false) || this.#letters.some((letter) => letter.tree.isTruncated)
  }

  get isEncodingProblem(): boolean {
    return this.#content?.isEncodingProblem ?? false
  }

  /** Whether anything is to be said above the letter. */
  get hasNotices(): boolean {
    const isIncomplete = this.frameHasFailed || this.isTruncated || this.isEncodingProblem || this.isEmpty
    return isIncomplete || this.remote.length > 0
  }

  /** Pictures that the letter shows itself are not listed. */
  get files(): readonly EmailBodyPart[] {
    const cids = this.#letters.flatMap((letter) =>
      letter.tree.images.flatMap((image) => (image.kind === 'cid' ? [bareCid(image.cid)] : [])),
    )
    return filesBeside(this.#content?.files ?? [], cids)
  }

  /** The first calendar part that came along (RFC 6047): it is told above the letter. */
  get invitation(): EmailBodyPart | undefined {
    return this.#content?.files.find(({ type, blobId }) => type === 'text/calendar' && blobId !== null)
  }

  allow(of: PicturesOf): void {
    const id = this.#input.email()?.id
    this.#allowed = id && { id, of }
  }

  /** Another letter comes here, or the reader thinks better of it: once is once. */
  hold(): void {
    this.#allowed = undefined
    this.asSent = null
  }

  /** A frame tells how far it is. */
  didReach(place: string, state: SlotState, openHasFailed: boolean): void {
    this.#states.set(place, state)
    this.#openHasFailed = openHasFailed
  }

  /** What of the internet's pictures is shown; undefined: nothing. */
  get pictures(): PicturesOf | undefined {
    return this.#allowed?.id === this.#input.email()?.id ? this.#allowed?.of : undefined
  }

  #phaseOf(letter: SlotLetter): FramePhase | undefined {
    return this.#stateOf(letter)?.phase
  }

  #stateOf(letter: SlotLetter): SlotState | undefined {
    for (const [, state] of this.#states.entries()) if (state.id === letter.id) return state
    return undefined
  }

  get #letters(): readonly SlotLetter[] {
    return lettersIn(this.#parts)
  }

  #shown(part: LetterPart): ShownPart {
    if (part.kind !== 'html') return part
    const { desk, account, title } = this.#input
    const email = this.#input.email()
    const body = this.#body
    if (!email || !body) return { kind: 'html', key: part.key, letter: null }
    const key = letterKey(account().info.key, email, part)
    const tree = desk.pool && desk.tree(key, part.value)
    if (!tree) return { kind: 'html', key: part.key, letter: null }
    const pictures = this.pictures?.(tree)
    // an allowed letter is another showing: the closed one counts as painted, it does not yet
    const isAsSent = this.asSent === email.id
    const id = `${key}${pictures ? '/open' : ''}${isAsSent ? '/sent' : ''}`
    const images = desk.images(tree, body, account().port)
    return { kind: 'html', key: part.key, letter: this.#kept({ id, title: title(), tree, images, pictures, isAsSent }) }
  }

  /** The same letter read again is the same object: its frame has painted it, and must not once more. */
  #kept(letter: SlotLetter): SlotLetter {
    const names = ['id', 'title', 'tree', 'images', 'pictures', 'isAsSent'] as const
    const known = this.#made.find((other) => names.every((name) => other[name] === letter[name]))
    return known ?? letter
  }
}

function lettersIn(parts: readonly ShownPart[]): readonly SlotLetter[] {
  return parts.flatMap((part) => (part.kind === 'html' && part.letter ? [part.letter] : []))
}
