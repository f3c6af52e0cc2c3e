/* eslint-disable svelte/prefer-svelte-reactivity -- its maps are made anew with each choice and change no more */
/** The rows that the reader ticked in one list: one by one, by stretches from the last one touched, or all. */
import type { AllBut } from './all-but.svelte.ts'
import type { RowList } from './row-list.ts'
import { rowKey, type RowKey, type ThreadRow } from '../mail/list.ts'

/** More rows than that are not held ticked one by one. */
const MOST = 10_000

type Ticked = ReadonlyMap<RowKey, ThreadRow>

export class Selection {
  readonly list: RowList | undefined
  /** Not only what is ticked is meant, but all that the list shows, less what is unticked from then on. */
  allBut: AllBut | undefined = $state.raw()
  /** As they were when they were ticked: the list lets go of rows that were scrolled past. */
  #ticked = $state.raw<Ticked>(new Map())
  /** Where a stretch begins, and what was ticked besides it: a stretch that becomes shorter gives rows back. */
  #anchor: number | null = null
  #besides: Ticked = new Map()
  /** Another number with each choice: rows that are read for an earlier one come too late. */
  #choice = 0

  constructor(list: RowList | undefined) {
    this.list = list
  }

  get size(): number {
    return this.#ticked.size
  }

  /** Each as the list has it now, where it has it. */
  get rows(): readonly ThreadRow[] {
    const { list, allBut } = this
    return [...(allBut?.meant(this.#ticked) ?? this.#ticked)].map(
      ([key, row]) => list?.row(list.positionOf(key)) ?? row,
    )
  }

  has(key: RowKey): boolean {
    return this.allBut?.has(key) ?? this.#ticked.has(key)
  }

  /** Ticks or unticks the row at a position; `extend` takes all from the last one touched. */
  set(position: number, isSelected: boolean, extend: boolean): void {
    if (!this.allBut && extend && isSelected && this.#anchor !== null) {
      this.extendTo(position)
      return
    }
    const here = this.#here((extend ? this.#anchor : null) ?? position, position)
    if (this.allBut) {
      this.#anchor = position
      this.allBut.set(here, isSelected)
      return
    }
    const next = new Map(this.#ticked)
    for (const [key, row] of here) {
      if (isSelected) next.set(key, row)
      else next.delete(key)
    }
    this.#choose(next, position)
  }

  toggle(position: number): boolean {
    const row = this.list?.row(position)
    if (row) this.set(position, !this.has(rowKey(row)), false)
    return row !== undefined
  }

  /**
   * Ticks the stretch from the last row touched, or from `start` if there is none, to this one, in place of an earlier
   * stretch from there.
   */
  extendTo(position: number, start = position): boolean {
    this.#anchor ??= start
    this.#take(this.#anchor, position, true)
    return true
  }

  /** Ticks the rows that are on this device, the first ten thousand of them. */
  all(): boolean {
    const { list } = this
    if (!list?.length) return false
    this.#anchor = 0
    this.#take(0, Math.min(list.length, MOST) - 1)
    return true
  }

  clear(): void {
    this.#choose(new Map(), null)
  }

  #choose(ticked: Ticked, anchor: number | null): void {
    this.#choice += 1
    this.allBut = undefined
    this.#ticked = ticked
    this.#besides = ticked
    this.#anchor = anchor
  }

  /** Those that are read at once, and the others as soon as they are. `isAsked`: also those that are not on this device. */
  #take(from: number, to: number, isAsked = false): void {
    const [first, last] = from < to ? [from, to] : [to, from]
    const besides = this.#besides
    const here = this.#here(first, last)
    const choice = ++this.#choice
    this.allBut = undefined
    this.#ticked = new Map([...besides, ...here])
    if (here.size > last - first || !this.list?.rowsIn) return
    void this.list.rowsIn(first, last, isAsked).then((rows) => {
      if (choice !== this.#choice) return
      this.#ticked = new Map([...besides, ...rows.map((row) => [rowKey(row), row] as const), ...this.#ticked])
    })
  }

  #here(from: number, to: number): Map<RowKey, ThreadRow> {
    const found = new Map<RowKey, ThreadRow>()
    for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) {
      const row = this.list?.row(at)
      if (row) found.set(rowKey(row), row)
    }
    return found
  }
}
