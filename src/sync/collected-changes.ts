/** What one pull has learned of one type, over as many pages as the server needed. Pure bookkeeping, no I/O. */
import type { JmapResponse } from '../jmap/client.ts'
import type { State } from '../jmap/types.ts'
import { changesId, getId, type PulledType } from './delta-calls.ts'
import { idsIn, listIn, stateIn } from './read-results.ts'

type Raw = Record<string, unknown> & { id: string }

export class CollectedChanges {
  readonly type: PulledType
  /** The token in the replica when the pull began. */
  readonly from: State
  /** The state that `created`, `updated` and `destroyed` lead to. */
  to: State
  hasMore = true
  /** The method error, or `corrupt`, that makes this type start anew (R2, R3). */
  failed: string | undefined
  readonly created = new Set<string>()
  readonly updated = new Set<string>()
  readonly destroyed = new Set<string>()
  /** Answers of the gets that rode along, by id. */
  readonly createdRows = new Map<string, Raw>()
  readonly updatedRows = new Map<string, Raw>()
  /** Ids that a get has answered for: absent from the rows, they are gone already. */
  readonly asked = new Set<string>()

  constructor(type: PulledType, from: State) {
    this.type = type
    this.from = from
    this.to = from
  }

  get size(): number {
    return this.created.size + this.updated.size + this.destroyed.size
  }

  /** Takes one answer in. The order of the lists matters: what is destroyed was created or updated before. */
  absorb(response: JmapResponse, withGets: boolean): void {
    const result = response.result(changesId(this.type))
    if (!result.ok) {
      this.failed = result.type
      return
    }
    const newState = stateIn(result.args, 'newState')
    const hasMore = result.args['hasMoreChanges'] === true
    // R2: a server that has more but does not move would be asked for ever.
    if (newState === undefined || (hasMore && newState === this.to)) {
      this.failed = 'corrupt'
      return
    }
    for (const id of idsIn(result.args, 'updated')) this.#note(id, this.created.has(id) ? this.created : this.updated)
    for (const id of idsIn(result.args, 'created')) {
      this.updated.delete(id)
      this.#note(id, this.created)
    }
    const createdHere = new Set(idsIn(result.args, 'created'))
    for (const id of idsIn(result.args, 'destroyed')) {
      // RFC 8620 §5.2: created and destroyed since the old state; gone in the end.
      this.created.delete(id)
      this.updated.delete(id)
      this.destroyed.add(id)
      createdHere.delete(id)
    }
    this.to = newState
    this.hasMore = hasMore
    if (withGets) this.#absorbGets(response)
  }

  #note(id: string, set: Set<string>): void {
    set.add(id)
    this.destroyed.delete(id)
    // A row got before this page was answered may be older than the change.
    this.createdRows.delete(id)
    this.updatedRows.delete(id)
    this.asked.delete(id)
  }

  #absorbGets(response: JmapResponse): void {
    for (const which of ['created', 'updated'] as const) {
      const result = response.result(getId(this.type, which))
      if (!result.ok) continue
      const rows = which === 'created' ? this.createdRows : this.updatedRows
      for (const raw of listIn(result.args)) {
        rows.set(raw.id, raw)
        this.asked.add(raw.id)
      }
      for (const id of idsIn(result.args, 'notFound')) this.asked.add(id)
    }
  }
}
