/**
 * What changed, per type, in order. Every entry has its own number on one counter for all types; a commit's last
 * number becomes the state of each type it touched, so types changed together share their state, and any number in
 * between is a valid intermediate state for paging (RFC 8620 §5.2 `hasMoreChanges`).
 */
export type ChangeType = 'Mailbox' | 'Thread' | 'Email' | 'EmailDelivery' | 'EmailSubmission' | 'Identity' | 'FileNode'
export type ChangeKind = 'created' | 'updated' | 'destroyed'

interface Entry {
  readonly n: number
  readonly id: string
  readonly kind: ChangeKind
  /** Only a Mailbox's counts changed (RFC 8621 §2.2 `updatedProperties`). */
  readonly countsOnly: boolean
}

export interface Changes {
  readonly created: readonly string[]
  readonly updated: readonly string[]
  readonly destroyed: readonly string[]
  /** Ids that were both updated and destroyed in the range, oldest first: one personality lists those twice. */
  readonly updatedThenDestroyed: readonly string[]
  readonly newState: number
  readonly hasMoreChanges: boolean
  readonly countsOnly: boolean
}

/** All that has a state; what an event stream can be asked for (RFC 8620 §7.3). */
export const CHANGE_TYPES: readonly ChangeType[] = [
  'Mailbox',
  'Thread',
  'Email',
  'EmailDelivery',
  'EmailSubmission',
  'Identity',
  'FileNode',
]

/** Past this many entries of a type the older half is forgotten, as real servers do. */
const HISTORY = 200_000

export class ChangeLog {
  #last = 0
  readonly #states = new Map<ChangeType, number>()
  readonly #floors = new Map<ChangeType, number>()
  readonly #entries = new Map<ChangeType, Entry[]>(CHANGE_TYPES.map((type) => [type, []]))
  readonly #commitEnds = new Set<number>()
  readonly #touched = new Set<ChangeType>()

  state(type: ChangeType): number {
    return this.#states.get(type) ?? 0
  }

  /** False for a state in the middle of a commit, which only paging hands out. */
  isCommitEnd(state: number): boolean {
    return state === 0 || this.#commitEnds.has(state)
  }

  record(type: ChangeType, id: string, kind: ChangeKind, countsOnly = false): void {
    this.#last += 1
    const entries = this.#of(type)
    entries.push({ n: this.#last, id, kind, countsOnly })
    if (entries.length > HISTORY) {
      const dropped = entries.splice(0, HISTORY / 2)
      this.#floors.set(type, dropped.at(-1)?.n ?? 0)
    }
    this.#touched.add(type)
  }

  /** Ends a commit: the types touched get one new state. Returns them. */
  seal(): readonly ChangeType[] {
    const touched = [...this.#touched]
    if (touched.length > 0) this.#commitEnds.add(this.#last)
    for (const type of touched) this.#states.set(type, this.#last)
    this.#touched.clear()
    return touched
  }

  /** From now on no older state can be answered. */
  forget(): void {
    for (const type of CHANGE_TYPES) {
      this.#floors.set(type, this.state(type))
      this.#entries.set(type, [])
    }
  }

  /** Null: cannotCalculateChanges. */
  changes(type: ChangeType, since: number, maxChanges = Infinity): Changes | null {
    if (since > this.state(type) && since > this.#last) return null
    if (since < (this.#floors.get(type) ?? 0)) return null
    const entries = this.#of(type)
    const first = new Map<string, ChangeKind>()
    const last = new Map<string, ChangeKind>()
    const touchedBeforeDestroy = new Set<string>()
    let countsOnly = true
    let newState = Math.max(since, this.state(type))
    let hasMoreChanges = false
    for (let i = firstAfter(entries, since); i < entries.length; i += 1) {
      const entry = entries[i] as Entry
      if (!first.has(entry.id)) {
        if (first.size >= maxChanges) {
          newState = (entries[i - 1] as Entry).n
          hasMoreChanges = true
          break
        }
        first.set(entry.id, entry.kind)
      }
      if (entry.kind === 'updated') {
        touchedBeforeDestroy.add(entry.id)
        countsOnly &&= entry.countsOnly
      }
      last.set(entry.id, entry.kind)
    }
    const created: string[] = []
    const updated: string[] = []
    const destroyed: string[] = []
    for (const [id, end] of last) {
      const existedBefore = first.get(id) !== 'created'
      const existsNow = end !== 'destroyed'
      if (existedBefore && existsNow) updated.push(id)
      else if (existsNow) created.push(id)
      else if (existedBefore) destroyed.push(id)
    }
    const updatedThenDestroyed = destroyed.filter((id) => touchedBeforeDestroy.has(id))
    return { created, updated, destroyed, updatedThenDestroyed, newState, hasMoreChanges, countsOnly }
  }

  #of(type: ChangeType): Entry[] {
    return this.#entries.get(type) as Entry[]
  }
}

function firstAfter(entries: readonly Entry[], since: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle] as Entry).n <= since) low = middle + 1
    else high = middle
  }
  return low
}
