/**
 * Keeps mail frames few and warm. A frame stays in its host, since moving one reloads it: the thread view gives a shell
 * with a warm frame to the letter that is opened, and lays the other letters around it. Where the browser can move a
 * frame as it is (`moveBefore`), a letter that was painted out of sight changes places with the one on screen.
 */
import type { LetterFrame } from './letter-frame.ts'

export interface FramePoolDeps {
  readonly create: (host: HTMLElement, mode: 'closed' | 'open') => LetterFrame
  /** Frames that exist at once at most, warm ones too: this many only while so many letters show. */
  readonly limit: number
  /** Frames that may wait near the view, or stay behind; the same as `limit` if it is left out. */
  readonly kept?: number
}

interface Place {
  readonly frame: LetterFrame
  /** Told that the frame was given up for one that is nearer; the place keeps this height. */
  onEvicted: ((height: number) => void) | null
}

interface ExchangeTold {
  readonly onEvicted: (height: number) => void
  readonly onAsideEvicted: () => void
}

interface Exchanged {
  readonly coming: LetterFrame
  readonly going: LetterFrame | undefined
}

export class FramePool {
  readonly #deps: FramePoolDeps
  readonly #limit: number
  readonly #kept: number
  readonly #places = new Map<HTMLElement, Place>()
  #holds = 0

  constructor(deps: FramePoolDeps) {
    this.#deps = deps
    this.#limit = deps.limit
    this.#kept = Math.min(deps.kept ?? deps.limit, deps.limit)
  }

  /** Lets nothing go that it need not, until the returned function is called: marks and open folds go with a frame. */
  hold(): () => void {
    this.#holds += 1
    return () => {
      this.#holds -= 1
    }
  }

  get size(): number {
    return this.#places.size
  }

  /** Has a closed frame ready in `host` (laid out with its real width, `visibility: hidden`) for a letter to come. */
  warm(host: HTMLElement): void {
    const place = this.#places.get(host)
    if (place && !place.frame.isGone && place.frame.mode === 'closed') return
    if (this.#places.size < this.#kept) this.#put(host, 'closed', null)
  }

  /**
   * Is there a frame for `host`: its own, a free one, or one of a letter that is clearly farther from view? Two letters
   * that both show never take it from each other, which would go on for ever.
   */
  mayTake(host: HTMLElement): boolean {
    if (this.#places.has(host) || this.#places.size < this.#kept) return true
    const distance = distanceFromView(host)
    if (distance <= soon(host) && this.#places.size < this.#limit) return true
    const farthest = this.#farthestBut(host)
    return farthest !== undefined && farthest.distance > distance + viewHeight(host) / 2
  }

  /** The frame of `host` for a letter: the one that waits there, or a new one. */
  take(host: HTMLElement, mode: 'closed' | 'open', onEvicted: (height: number) => void): LetterFrame {
    const place = this.#places.get(host)
    if (place && !place.frame.isGone && place.frame.mode === mode) {
      place.onEvicted = onEvicted
      return place.frame
    }
    const frame = this.#put(host, mode, onEvicted)
    this.#evict(host)
    return frame
  }

  /** The frame that stands in `host`. */
  frameIn(host: HTMLElement): LetterFrame | undefined {
    return this.#places.get(host)?.frame
  }

  /** The letter is closed: a clean frame waits for the next one, one that has seen the network does not. */
  release(host: HTMLElement): void {
    const place = this.#places.get(host)
    if (!place) return
    place.onEvicted = null
    if (place.frame.mode === 'open' || place.frame.isGone) this.drop(host)
    else place.frame.clear()
  }

  /** The host leaves the page, or its frame failed. */
  drop(host: HTMLElement): void {
    this.#places.get(host)?.frame.destroy()
    this.#places.delete(host)
  }

  /** Whether frames can be moved without being loaded anew: Chromium from 133 on, Firefox from 144 on. */
  get mayMove(): boolean {
    return 'moveBefore' in Element.prototype
  }

  /** A frame out of sight, for a letter that is painted ahead; undefined while the letters on screen need them all. */
  takeAside(host: HTMLElement, onEvicted: (height: number) => void): LetterFrame | undefined {
    const isFree = this.#places.has(host) || this.#places.size < this.#kept
    return isFree ? this.take(host, 'closed', onEvicted) : undefined
  }

  /**
   * The frame of `aside` comes to `host`, and the one that stood there goes aside with what it shows. Answers both;
   * undefined, and nothing has moved, if there is none to come.
   */
  exchange(aside: HTMLElement, host: HTMLElement, told: ExchangeTold): Exchanged | undefined {
    const coming = this.#places.get(aside)
    if (!coming || coming.frame.isGone) return undefined
    const going = this.#places.get(host)
    this.#places.delete(aside)
    this.#places.set(host, { frame: coming.frame, onEvicted: told.onEvicted })
    host.moveBefore(coming.frame.element, null)
    if (!going || going.frame.isGone || going.frame.mode === 'open') {
      going?.frame.destroy()
      return { coming: coming.frame, going: undefined }
    }
    this.#places.set(aside, { frame: going.frame, onEvicted: told.onAsideEvicted })
    aside.moveBefore(going.frame.element, null)
    return { coming: coming.frame, going: going.frame }
  }

  /** On sign-out and account switch. */
  clear(): void {
    for (const host of [...this.#places.keys()]) this.drop(host)
  }

  #put(host: HTMLElement, mode: 'closed' | 'open', onEvicted: Place['onEvicted']): LetterFrame {
    this.drop(host)
    const frame = this.#deps.create(host, mode)
    this.#places.set(host, { frame, onEvicted })
    return frame
  }

  /** Gives up what is too many: waiting frames first, then the letter farthest from view; one in view at the limit only. */
  #evict(taker: HTMLElement): void {
    while (this.#places.size > (this.#holds > 0 ? this.#limit : this.#kept)) {
      const farthest = this.#farthestBut(taker)
      if (farthest === undefined) return
      if (farthest.distance <= soon(taker) && this.#places.size <= this.#limit) return
      const { host, place } = farthest
      const { height } = place.frame
      this.drop(host)
      place.onEvicted?.(height)
    }
  }

  #farthestBut(taker: HTMLElement): { host: HTMLElement; place: Place; distance: number } | undefined {
    const others = [...this.#places].filter(([host]) => host !== taker)
    return others
      .map(([host, place]) => ({ host, place, distance: isSpare(host, place) ? Infinity : distanceFromView(host) }))
      .sort((a, b) => b.distance - a.distance)[0]
  }
}

/** Nobody reads it: it waits for a letter, or was painted ahead. */
function isSpare(host: HTMLElement, { onEvicted }: Place): boolean {
  return onEvicted === null || host.closest('[data-aside]') !== null
}

/** How far an element is outside the window, 0 when some of it shows. One that is not laid out is where its parent is. */
function distanceFromView(host: HTMLElement): number {
  const { top, bottom } = (
    host.getClientRects().length === 0 ? (host.parentElement ?? host) : host
  ).getBoundingClientRect()
  return Math.max(0, top - viewHeight(host), -bottom)
}

/** What is nearer to the view than this shows, or is about to. */
function soon(host: HTMLElement): number {
  return viewHeight(host) / 4
}

function viewHeight(host: HTMLElement): number {
  return host.ownerDocument.defaultView?.innerHeight ?? 0
}
