/**
 * Which article of the page a letter gets. A frame reloads when its node moves in the document, so articles that hold a
 * live frame keep their order for ever: letters are given to them in reading order, and all other articles are made
 * around them (frame.md §15). Pure: plain lists in, plain lists out.
 */
export interface Shell {
  /** Key of the article in the each block. */
  readonly key: string
  /** Null: parked at the end of the conversation, its frame warm. */
  readonly letter: string | null
}

/** One place in the conversation that a letter takes; `wantsFrame` when it stands open. */
export interface Place {
  readonly letter: string
  readonly wantsFrame: boolean
}

export interface ShellInput {
  readonly previous: readonly Shell[]
  readonly places: readonly Place[]
  /** Keys of the articles whose frame is alive. */
  readonly live: ReadonlySet<string>
  /** Parked articles to keep at the end. */
  readonly spare: number
  readonly newKey: () => string
}

export function arrangeShells({ previous, places, live, spare, newKey }: ShellInput): readonly Shell[] {
  const letters = new Set(places.map((place) => place.letter))
  const held = new Map(
    previous.filter((shell) => shell.letter && letters.has(shell.letter)).map((s) => [s.letter, s.key]),
  )
  const isKept = new Set(held.values())
  const order = new Map(previous.map((shell, index) => [shell.key, index]))
  const free = previous.filter((shell) => live.has(shell.key) && !isKept.has(shell.key)).map((shell) => shell.key)

  const shells: Shell[] = []
  // the place in the old order that the next article must stand behind
  let behind = -1
  for (const [index, place] of places.entries()) {
    let key = held.get(place.letter)
    if (key !== undefined && orderOf(order, key) < behind) key = undefined
    if (key === undefined && place.wantsFrame) key = takeFree(free, order, behind, nextHeld(places, index, held, order))
    key ??= newKey()
    behind = Math.max(behind, orderOf(order, key))
    shells.push({ key, letter: place.letter })
  }
  const parked = free.filter((key) => orderOf(order, key) > behind).slice(0, spare)
  shells.push(...parked.map((key): Shell => ({ key, letter: null })))
  for (let missing = spare - parked.length; missing > 0; missing -= 1) shells.push({ key: newKey(), letter: null })
  return shells
}

function orderOf(order: ReadonlyMap<string, number>, key: string): number {
  return order.get(key) ?? -1
}

/** The first free live article behind what stands above and before what stands below. */
function takeFree(
  free: string[],
  order: ReadonlyMap<string, number>,
  behind: number,
  before: number,
): string | undefined {
  const index = free.findIndex((key) => orderOf(order, key) > behind && orderOf(order, key) < before)
  return index < 0 ? undefined : free.splice(index, 1)[0]
}

/** Where the next letter stands that keeps its article. */
function nextHeld(
  places: readonly Place[],
  from: number,
  held: ReadonlyMap<string | null, string>,
  order: ReadonlyMap<string, number>,
): number {
  for (const place of places.slice(from + 1)) {
    const key = held.get(place.letter)
    if (key !== undefined) return orderOf(order, key)
  }
  return Number.POSITIVE_INFINITY
}
