/** Which rows carry the head of a day, and what it says. */
import { dayHead } from '../../i18n/dates.ts'
import { t } from '../../i18n/text.ts'
import type { RowList } from '../../state/row-list.ts'

export interface ListHeads {
  readonly positions: readonly number[]
  readonly words: ReadonlyMap<number, string>
}

/** Heads stand in the gapless part, where the first row of a day is known; offline, one more tells what is not here. */
export function listHeads(list: RowList, now: number): ListHeads {
  const words = new Map<number, string>()
  let before: string | undefined
  for (let position = 0; position < list.gapless; position += 1) {
    const row = list.row(position)
    const word = row ? dayHead(row.receivedAt, now) : before
    if (word !== undefined && word !== before) words.set(position, word)
    before = word
  }
  const islands = list.islandsFrom
  if (islands) words.set(islands.position, missingWords(islands.missing))
  return { positions: [...words.keys()].toSorted((a, b) => a - b), words }
}

export function missingWords(missing: number | undefined): string {
  return missing === undefined ? t.list.olderUnknown : t.list.older(missing)
}
