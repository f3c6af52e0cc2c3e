/* eslint-disable svelte/prefer-svelte-reactivity -- its map is made anew with each choice and changes no more */
/** All that a list shows, loaded or not, but for the rows that the reader unticked since. */
import { messagesOf } from '../mail/row-messages.ts'
import { rowKey, type RowKey, type ThreadRow } from '../mail/list.ts'
import { allOf } from './match-list.ts'
import type { RowList } from './row-list.ts'

/** Messages. They are all named by the intent, and looked for in every answer of the server. */
const MOST = 500

type Rows = ReadonlyMap<RowKey, ThreadRow>

export class AllBut {
  readonly #list: RowList
  readonly #onNone: () => void
  #out: Rows = $state.raw(new Map())
  /** More than can be left out was to be: what was last unticked is still meant. */
  isFull = $state.raw(false)

  /** `onNone`: all is unticked. */
  constructor(list: RowList, onNone: () => void) {
    this.#list = list
    this.#onNone = onNone
  }

  /** How many rows are left out. */
  get count(): number {
    return this.#out.size
  }

  /** Those, each as the list has it now, where it has it. */
  get out(): readonly ThreadRow[] {
    return [...this.#out].map(([key, row]) => this.#list.row(this.#list.positionOf(key)) ?? row)
  }

  has(key: RowKey): boolean {
    return !this.#out.has(key) && this.#list.atServer?.has(key) !== false
  }

  set(rows: Rows, isSelected: boolean): void {
    const next = new Map([...this.#out].filter(([key]) => !isSelected || !rows.has(key)))
    if (!isSelected) for (const [key, row] of rows) if (this.#list.atServer?.has(key) !== false) next.set(key, row)
    this.isFull = [...next.values()].reduce((sum, row) => sum + sizeOf(row), 0) > MOST
    if (!this.isFull) this.#out = next
    if (next.size === allOf(this.#list)) this.#onNone()
  }

  /** Those of the ticked rows that are meant; one that is, where none of these are: it stands for all. */
  meant(ticked: Iterable<readonly [RowKey, ThreadRow]>): readonly (readonly [RowKey, ThreadRow])[] {
    const meant = [...ticked].filter(([key]) => this.has(key))
    for (let at = 0; meant.length === 0 && at < this.#list.length; at += 1) {
      const row = this.#list.row(at)
      if (row && this.has(rowKey(row))) meant.push([rowKey(row), row])
    }
    return meant
  }
}

/** What of its conversation is not here is left out as well. */
function sizeOf(row: ThreadRow): number {
  return row.isSingle ? messagesOf(row).length : row.count
}
