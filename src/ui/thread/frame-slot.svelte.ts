/** The place of one HTML part: it borrows a frame while its letter stands open and near, and keeps its height after. */
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { LetterFrame } from '../../render/letter-frame.ts'
import type { LetterImages } from '../../render/letter-images.ts'
import type { AllowedPictures, LetterFrameEvents, LetterTree } from '../../render/letter.ts'

export type FramePhase =
  | 'empty'
  /** On its way: the article is busy. */
  | 'busy'
  | 'painted'
  /** Another letter needed the frame: the plain text stands in its place. */
  | 'away'
  /** The frame could not show it. */
  | 'failed'

export interface SlotState {
  readonly id: string
  readonly phase: FramePhase
  /** Painted out of sight before it was asked for: on screen it is with the page's next frame. */
  readonly isAhead?: boolean
}

export interface SlotLetter {
  readonly id: string
  readonly title: string
  readonly tree: LetterTree
  readonly images: LetterImages
  /** Pictures from the internet that the reader allowed; none: it is shown in a frame without any network. */
  readonly pictures?: AllowedPictures | undefined
  /** On its own light paper in a dark theme, too. */
  readonly isAsSent?: boolean
}

export type SlotEvents = Pick<LetterFrameEvents, 'onLink' | 'onLinkTarget' | 'onKey'> & {
  onAnchor(y: number): void
}

export class FrameSlot {
  readonly #desk: LetterDesk
  readonly #events: SlotEvents
  /** Whose phase it is belongs to it: the next letter must not count as painted because the last one was. */
  #state = $state.raw<SlotState>({ id: '', phase: 'empty' })
  #height = $state.raw(0)
  #openHasFailed = $state.raw(false)
  #letter: SlotLetter | undefined
  /** One for each showing: what an earlier one still sends is not heard. */
  #showing = 0

  constructor(desk: LetterDesk, events: SlotEvents) {
    this.#desk = desk
    this.#events = events
  }

  get state(): SlotState {
    return this.#state
  }

  get height(): number {
    return this.#height
  }

  /** The frame that may load pictures did not come; the letter stands without them. */
  get openHasFailed(): boolean {
    return this.#openHasFailed
  }

  /** A frame to have ready for the letter to come. */
  warm(host: HTMLElement): void {
    this.#desk.pool?.warm(host)
  }

  /** Takes a frame if there is one for it: a letter that is near takes it from one that is far. */
  show(host: HTMLElement, letter: SlotLetter): void {
    const { pool } = this.#desk
    if (!pool) return
    const before = this.#state.phase === 'painted' ? this.#letter : undefined
    const mode = letter.pictures && !this.#openHasFailed ? 'open' : 'closed'
    const showing = ++this.#showing
    const enter = (phase: FramePhase, isAhead = false): void => {
      this.#state = { id: letter.id, phase, isAhead }
    }
    const onEvicted = (height: number): void => {
      this.#showing += 1
      this.#height = height
      enter('away')
    }
    const events = this.#eventsOf(host, letter, mode, () => showing === this.#showing, enter)
    this.#letter = letter
    const ahead = mode === 'closed' ? this.#desk.aside?.claim(letter, host, { before, onEvicted }) : undefined
    if (ahead) {
      this.#height = ahead.height
      ahead.frame.follow(events)
      enter(ahead.isPainted ? 'painted' : 'busy', ahead.isPainted)
      this.#dress(ahead.frame, letter)
      return
    }
    if (!pool.mayTake(host)) {
      // the same again would run the effect that asks for a frame again, and again
      if (this.#state.id !== letter.id || this.#state.phase !== 'away') enter('away')
      return
    }
    const frame = pool.take(host, mode, onEvicted)
    enter('busy')
    frame.render(this.#desk.content(letter, host), events)
    this.#dress(frame, letter)
  }

  #eventsOf(
    host: HTMLElement,
    letter: SlotLetter,
    mode: 'closed' | 'open',
    isCurrent: () => boolean,
    enter: (phase: FramePhase) => void,
  ): LetterFrameEvents {
    return {
      ...this.#events,
      onSize: (height) => {
        if (isCurrent()) this.#height = height
      },
      onPainted: () => {
        if (isCurrent()) enter('painted')
      },
      onFailed: () => {
        if (!isCurrent()) return
        this.#desk.pool?.drop(host)
        if (mode === 'closed') {
          enter('failed')
          return
        }
        this.#openHasFailed = true
        this.show(host, letter)
      },
    }
  }

  #dress(frame: LetterFrame, letter: SlotLetter): void {
    const showing = this.#showing
    frame.element.title = letter.title
    frame.element.tabIndex = 0
    void letter.images.load((index, picture) => {
      if (showing === this.#showing) frame.setImage(index, picture)
    })
  }

  /** The letter was folded or replaced by one without HTML: its frame waits for the next, empty. */
  clear(host: HTMLElement): void {
    this.#showing += 1
    this.#state = { id: '', phase: 'empty' }
    this.#height = 0
    this.#letter = undefined
    this.#openHasFailed = false
    const { pool } = this.#desk
    pool?.release(host)
    const frame = host.querySelector('iframe')
    if (frame) frame.tabIndex = -1
  }

  /** Another letter comes into the same frame: what was said of the last one is forgotten. */
  forget(): void {
    this.#openHasFailed = false
  }

  /** The place leaves the page. */
  drop(host: HTMLElement): void {
    this.#showing += 1
    this.#desk.pool?.drop(host)
  }
}
