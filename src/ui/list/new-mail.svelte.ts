/** Mail that arrived above what the reader looks at: it waits behind a pill, and is said once in a while. */
import NewMailPill from './NewMailPill.svelte'
import { listExtras as t } from '../../i18n/en/list-extras.ts'
import { isRowUnread } from '../../mail/keywords.ts'
import type { ListViewport } from './list-viewport.svelte.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Announce } from '../../state/contexts.ts'
import type { RowList } from '../../state/row-list.ts'

const SAY_EVERY_MS = 30_000

export interface NewMailInput {
  readonly list: () => RowList
  readonly viewport: ListViewport
  readonly clock: Clock
  readonly announce: Announce
}

/** As a list makes it. */
export function watchNewMail(input: NewMailInput): NewMail {
  return new NewMail(input)
}

export class NewMail {
  readonly Pill = NewMailPill
  readonly #input: NewMailInput
  /** Date of the newest row that the reader has had on screen; undefined before the first look. */
  #seen = $state.raw<string | undefined>()
  #said: string | undefined
  #saidAt = -Infinity

  constructor(input: NewMailInput) {
    this.#input = input
  }

  /** Rows newer than any that was on screen, while the top is not. */
  get count(): number {
    return this.#input.viewport.top > 0 ? this.#newerThan(this.#seen) : 0
  }

  /** The list changed, or was scrolled. */
  look(): void {
    const newest = this.#input.list().row(0)?.receivedAt
    this.#say(newest)
    if (this.#input.viewport.top <= 0) this.#seen = newest
    else this.#seen ??= newest
  }

  show(): void {
    this.#input.viewport.moveTo(0)
    this.#seen = this.#input.list().row(0)?.receivedAt
  }

  #say(newest: string | undefined): void {
    const now = this.#input.clock.monotonic()
    const count = this.#said === undefined ? 0 : this.#newerThan(this.#said)
    if (this.#said !== undefined && (count === 0 || now - this.#saidAt < SAY_EVERY_MS)) return
    if (count > 0) {
      this.#saidAt = now
      this.#input.announce(t.newMailSpoken(count))
    }
    this.#said = newest
  }

  #newerThan(date: string | undefined): number {
    const list = this.#input.list()
    if (date === undefined) return 0
    let count = 0
    for (let position = 0; position < list.gapless; position += 1) {
      const row = list.row(position)
      if (!row || row.receivedAt <= date) break
      if (isRowUnread(row)) count += 1
    }
    return count
  }
}
