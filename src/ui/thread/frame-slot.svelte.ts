/** The place of one HTML part: it borrows a frame while its letter stands open and near, and keeps its height after. */
import { thread as t } from '../../i18n/en/thread.ts'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { LetterImages } from '../../render/letter-images.ts'
import type { LetterFrameEvents, LetterTree } from '../../render/letter.ts'

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
}

export interface SlotLetter {
  readonly id: string
  readonly title: string
  readonly tree: LetterTree
  readonly images: LetterImages
  /** The reader allowed pictures from the internet. */
  readonly isOpen: boolean
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
    const showing = ++this.#showing
    const isCurrent = (): boolean => showing === this.#showing
    const enter = (phase: FramePhase): void => {
      this.#state = { id: letter.id, phase }
    }
    if (!pool.mayTake(host)) {
      // the same again would run the effect that asks for a frame again, and again
      if (this.#state.id !== letter.id || this.#state.phase !== 'away') enter('away')
      return
    }
    const mode = letter.isOpen && !this.#openHasFailed ? 'open' : 'closed'
    const frame = pool.take(host, mode, (height) => {
      this.#showing += 1
      this.#height = height
      enter('away')
    })
    enter('busy')
    frame.element.title = letter.title
    frame.element.tabIndex = 0
    frame.render(
      {
        id: letter.id,
        tree: letter.tree,
        images: letter.images.sources({ remote: mode === 'open' }),
        theme: this.#desk.theme(host),
        quoteLabel: t.quoted,
      },
      {
        ...this.#events,
        onSize: (height) => {
          if (isCurrent()) this.#height = height
        },
        onPainted: () => {
          if (isCurrent()) enter('painted')
        },
        onFailed: () => {
          if (!isCurrent()) return
          pool.drop(host)
          if (mode === 'closed') {
            enter('failed')
            return
          }
          this.#openHasFailed = true
          this.show(host, letter)
        },
      },
    )
    void letter.images.load((index, picture) => {
      if (isCurrent()) frame.setImage(index, picture)
    })
  }

  /** The letter was folded or replaced by one without HTML: its frame waits for the next, empty. */
  clear(host: HTMLElement): void {
    this.#showing += 1
    this.#state = { id: '', phase: 'empty' }
    this.#height = 0
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
