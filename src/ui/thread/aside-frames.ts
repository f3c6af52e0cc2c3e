/**
 * Letters that are painted out of sight before anybody asks: those of the neighbours of the open conversation. The key
 * press that opens one moves its frame on screen as it is, and the one that stood there goes aside, still painted.
 * Only where the browser moves frames without loading them anew; elsewhere a letter is painted when it is opened.
 */
import type { Attachment } from 'svelte/attachments'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { SlotLetter } from './frame-slot.svelte.ts'
import type { LetterFrame } from '../../render/letter-frame.ts'
import type { LetterFrameEvents } from '../../render/letter.ts'

/** The conversation before and the one after. */
const most = 2

interface Place {
  readonly host: HTMLElement
  /** What stands in it, if it is known; a letter that is on its way is not painted yet. */
  painted: { readonly id: string; height: number; isPainted: boolean } | undefined
}

export interface Claim {
  /** The letter that stands painted in the host now, and goes aside. */
  readonly before: SlotLetter | undefined
  readonly onEvicted: (height: number) => void
}

export interface Claimed {
  readonly frame: LetterFrame
  readonly height: number
  readonly isPainted: boolean
}

export class AsideFrames {
  readonly #desk: Pick<LetterDesk, 'pool' | 'content'>
  #box: HTMLElement | undefined
  /** The one that is wanted least comes first. */
  #places: Place[] = []

  constructor(desk: Pick<LetterDesk, 'pool' | 'content'>) {
    this.#desk = desk
  }

  /** For `{@attach}`: where the frames stand, in the window but not to be seen. */
  readonly attach: Attachment<HTMLElement> = (box) => {
    this.#box = box
    return () => {
      this.forget()
      for (const { host } of this.#places) this.#desk.pool?.drop(host)
      this.#places = []
      this.#box = undefined
    }
  }

  /** Paints a letter at the width that letters have on screen. */
  prepare(letter: SlotLetter, width: number): void {
    const { pool } = this.#desk
    if (!pool?.mayMove || !this.#box || width === 0) return
    const known = this.#places.find(({ painted }) => painted?.id === letter.id)
    const place = known ?? this.#free(this.#box)
    this.#places = [...this.#places.filter((other) => other !== place), place]
    if (known) return
    const painted = { id: letter.id, height: 0, isPainted: false }
    const frame = pool.takeAside(place.host, () => (place.painted = undefined))
    if (!frame) return
    place.painted = painted
    place.host.style.inlineSize = `${String(width)}px`
    frame.element.tabIndex = -1
    frame.render(this.#desk.content(letter, place.host), this.#events(place, painted))
  }

  /** Brings the frame of this letter to `host`; undefined where none was prepared. */
  claim(letter: SlotLetter, host: HTMLElement, { before, onEvicted }: Claim): Claimed | undefined {
    const place = this.#places.find(({ painted }) => painted?.id === letter.id)
    if (!place?.painted) return undefined
    const { height, isPainted } = place.painted
    place.painted = undefined
    const onAsideEvicted = (): void => void (place.painted = undefined)
    const exchanged = this.#desk.pool?.exchange(place.host, host, { onEvicted, onAsideEvicted })
    if (!exchanged) return undefined
    const { coming, going } = exchanged
    if (going && before && !before.pictures) {
      const painted = { id: before.id, height: going.height, isPainted: true }
      place.painted = painted
      place.host.style.blockSize = `${String(painted.height)}px`
      going.element.tabIndex = -1
      going.follow(this.#events(place, painted))
    } else going?.silence()
    return { frame: coming, height, isPainted }
  }

  /** What is painted is not what would be painted now. */
  forget(): void {
    for (const place of this.#places) place.painted = undefined
  }

  #free(box: HTMLElement): Place {
    const empty = this.#places.find(({ painted }) => painted === undefined)
    if (empty) return empty
    const oldest = this.#places[0]
    if (oldest && this.#places.length >= most) return oldest
    const host = box.ownerDocument.createElement('div')
    box.append(host)
    return { host, painted: undefined }
  }

  #events(place: Place, painted: NonNullable<Place['painted']>): LetterFrameEvents {
    const isCurrent = (): boolean => place.painted === painted
    const nothing = (): void => undefined
    return {
      onSize: (height) => {
        if (!isCurrent()) return
        painted.height = height
        place.host.style.blockSize = `${String(height)}px`
      },
      onPainted: () => void (painted.isPainted = true),
      onFailed: () => {
        if (!isCurrent()) return
        place.painted = undefined
        this.#desk.pool?.drop(place.host)
      },
      onLink: nothing,
      onLinkTarget: nothing,
      onKey: nothing,
    }
  }
}
