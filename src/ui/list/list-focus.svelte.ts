/** One Tab stop in a list of any length: which row has it, and how keys move it (design §5a). */
import { tick, untrack } from 'svelte'
import type { ListViewport } from './list-viewport.svelte.ts'
import { rowKey, type RowKey } from '../../mail/list.ts'
import type { RowList } from '../../state/row-list.ts'

export interface ListFocusInput {
  readonly list: () => RowList
  readonly viewport: ListViewport
  readonly box: () => HTMLElement | undefined
  /** The row that had the focus when the list was left. */
  readonly start: RowKey | null
}

export class ListFocus {
  /** The browser's focus is on a row. */
  isInside = $state.raw(false)
  #key = $state.raw<RowKey | null>(null)
  #last = $state.raw(0)
  /** The row that is to be focused has not come yet. */
  #isPending = false
  readonly #input: ListFocusInput

  constructor(input: ListFocusInput) {
    this.#input = input
    this.#key = input.start
    // Before the list is drawn anew: a row that goes takes the focus along, and its successor is to have it.
    $effect.pre(() => {
      const list = input.list()
      if (list.revision < 0 || !this.isInside) return
      if (this.#key !== null && list.positionOf(this.#key) < 0) untrack(() => this.#handOver())
    })
  }

  get key(): RowKey | null {
    return this.#key
  }

  /** The row Tab reaches: the one that had the focus last, wherever it stands now; its successor, if it left. */
  get position(): number {
    const list = this.#input.list()
    const position = this.#key === null ? -1 : list.positionOf(this.#key)
    return position >= 0 ? position : Math.max(0, Math.min(this.#last, list.length - 1))
  }

  get isBelowTop(): boolean {
    return this.isInside && this.position > 0
  }

  /** A row took the focus, by Tab, by a click or by us. */
  took(position: number): void {
    this.#last = position
    const row = this.#input.list().row(position)
    this.#key = row ? rowKey(row) : null
  }

  /**
   * The successor has the focus before the row goes: while nothing of the page has changed that costs nothing. To remove
   * what has the focus, and to give it to what has just moved, has the browser work out the whole page twice over.
   */
  #handOver(): void {
    const { position } = this
    const row = this.#input.list().row(position)
    const key = row && `[data-${row.isSingle ? 'email' : 'thread'}-id="${CSS.escape(rowKey(row))}"] a`
    const link = key && this.#input.box()?.querySelector<HTMLElement>(key)
    if (link) link.focus({ preventScroll: true })
    this.took(position)
    this.#isPending = !link
  }

  /** Another row was opened: the stop moves there, the browser's focus stays where it is. */
  follow(key: RowKey): void {
    const position = this.#input.list().positionOf(key)
    if (position < 0) return
    this.took(position)
    this.#input.viewport.revealSoon(position)
  }

  /** J and K, and the arrows: false where the list ends. */
  step(by: number): boolean {
    const { length } = this.#input.list()
    if (length === 0) return false
    // With the focus elsewhere the first press shows where the list is, the next ones move.
    const target = this.isInside ? this.position + by : this.position
    this.moveTo(Math.max(0, Math.min(target, length - 1)))
    return true
  }

  /** Brings a row on screen and focuses it, as soon as it is there. */
  moveTo(position: number): void {
    this.took(position)
    this.#input.viewport.reveal(position)
    void this.focus()
  }

  /** As `moveTo`, with the row at the top of the window. */
  show(position: number): void {
    this.#input.viewport.showFrom(position)
    this.moveTo(position)
  }

  /** Puts the browser's focus on the active row, or on the row there as soon as it is fetched. */
  async focus(): Promise<void> {
    await tick()
    const link = this.#link()
    this.#isPending = link === null
    if (link !== document.activeElement) link?.focus({ preventScroll: true })
  }

  /** The list changed: a row that the focus waits for may have come. */
  settle(): void {
    if (this.#isPending) void this.focus()
  }

  keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const target = this.#target(event.key)
    if (target === undefined) return
    event.preventDefault()
    this.moveTo(target)
  }

  #target(key: string): number | undefined {
    const last = this.#input.list().length - 1
    const { page } = this.#input.viewport
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.position + 1,
      ArrowUp: this.position - 1,
      PageDown: this.position + page,
      PageUp: this.position - page,
      Home: 0,
      End: last,
    }
    const target = Object.hasOwn(moves, key) ? moves[key] : undefined
    return target === undefined ? undefined : Math.max(0, Math.min(target, last))
  }

  #link(): HTMLElement | null {
    return this.#input.box()?.querySelector<HTMLElement>(`[aria-posinset="${String(this.position + 1)}"] a`) ?? null
  }
}
