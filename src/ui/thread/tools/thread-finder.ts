/** Finds words in the letters of a conversation: in frames by asking them, in plain text by looking. */
import { findText, markText } from '../../../render/frame/found-text.ts'
import type { FramePool } from '../../../render/frame-pool.ts'
import type { LetterFrame } from '../../../render/letter-frame.ts'

/** One text of a letter, in reading order. */
type Source =
  | { readonly kind: 'frame'; readonly frame: LetterFrame; readonly element: HTMLElement }
  | { readonly kind: 'plain'; readonly element: HTMLElement }

interface Counted {
  readonly source: Source
  readonly count: number
}

/** A frame that does not answer has nothing: a letter that is being taken away. */
const patienceMs = 1_000

export interface ThreadFinderDeps {
  readonly main: HTMLElement
  readonly pool: FramePool
  readonly after: (ms: number, callback: () => void) => () => void
}

export class ThreadFinder {
  readonly #deps: ThreadFinderDeps
  #counted: readonly Counted[] = []
  #needle = ''

  constructor(deps: ThreadFinderDeps) {
    this.#deps = deps
  }

  /** How many hits there are in letters that stand open. */
  async search(needle: string): Promise<number> {
    this.#needle = needle
    const counted: Counted[] = []
    for (const source of this.#sources()) counted.push({ source, count: (await this.#ask(source, -1)).count })
    this.#markPlain()
    if (this.#needle !== needle) return 0
    this.#counted = counted
    return counted.reduce((sum, { count }) => sum + count, 0)
  }

  /** Marks a hit, counted from 0, and brings it into view. */
  async show(hit: number): Promise<void> {
    let before = 0
    for (const { source, count } of this.#counted) {
      const isHere = hit >= before && hit < before + count
      const { y } = await this.#ask(source, isHere ? hit - before : -1)
      if (isHere) this.#bring(source.element, y)
      before += count
    }
    this.#markPlain(hit)
  }

  /** No marks are left. */
  clear(): void {
    this.#needle = ''
    for (const source of this.#sources()) void this.#ask(source, -1)
    markText(window, [], undefined)
  }

  #sources(): readonly Source[] {
    const texts = this.#deps.main.querySelectorAll<HTMLElement>('article iframe, article .plain')
    return [...texts].flatMap((element): Source[] => {
      if (!(element instanceof HTMLIFrameElement)) return [{ kind: 'plain', element }]
      const frame = element.parentElement && this.#deps.pool.frameIn(element.parentElement)
      return frame ? [{ kind: 'frame', frame, element }] : []
    })
  }

  #ask(source: Source, current: number): Promise<{ readonly count: number; readonly y: number }> {
    if (source.kind === 'plain') {
      const ranges = findText(source.element, this.#needle)
      const top = ranges[current]?.getBoundingClientRect().top
      const y = top === undefined ? 0 : top - source.element.getBoundingClientRect().top
      return Promise.resolve({ count: ranges.length, y })
    }
    return new Promise((resolve) => {
      const stop = this.#deps.after(patienceMs, () => resolve({ count: 0, y: 0 }))
      source.frame.find(this.#needle, current, (count, y) => {
        stop()
        resolve({ count, y })
      })
    })
  }

  /** The page has one set of marks for all its plain texts. */
  #markPlain(hit = -1): void {
    let before = 0
    let current: Range | undefined
    const all: Range[] = []
    for (const { source, count } of this.#counted) {
      if (source.kind === 'plain') {
        const ranges = findText(source.element, this.#needle)
        all.push(...ranges)
        current ??= ranges[hit - before]
      }
      before += count
    }
    markText(window, all, current)
  }

  #bring(element: HTMLElement, y: number): void {
    const scroller = element.closest<HTMLElement>('[data-scroller]')
    if (!scroller) return
    const top = element.getBoundingClientRect().top + y - scroller.getBoundingClientRect().top
    if (top < 80 || top > scroller.clientHeight - 60) scroller.scrollBy({ top: top - scroller.clientHeight / 3 })
  }
}
