/** Outbox rows in order, folded to one Email/set patch map: patches merge field by field, the last write wins (B6.4). */
import type { EmailId } from '../jmap/types.ts'
import type { Mutation, OutboxRow } from '../mutations/mutation.ts'

export type PatchMap = Record<EmailId, Record<string, true | null>>

export interface FoldedOutbox {
  readonly rows: readonly OutboxRow[]
  readonly update: PatchMap
}

/** Takes queued rows from the front while their Emails fit into one call. At least one row, however long. */
export function foldOutbox(outbox: readonly OutboxRow[], maxObjects: number): FoldedOutbox {
  const rows: OutboxRow[] = []
  const update: PatchMap = {}
  for (const row of outbox) {
    if (row.status !== 'queued' || !isKnown(row.mutation)) continue
    const added = row.mutation.emailIds.filter((id) => !(id in update)).length
    if (rows.length > 0 && added > 0 && Object.keys(update).length + added > maxObjects) break
    rows.push(row)
    for (const id of row.mutation.emailIds) {
      const patch = (update[id] ??= {})
      patch[`keywords/${escapePointer(row.mutation.keyword)}`] = row.mutation.value ? true : null
    }
  }
  return { rows, update }
}

/** A newer build may have left a mutation this one does not know: it is kept, not sent. */
function isKnown(mutation: Mutation): boolean {
  return (mutation.type as string) === 'setKeyword'
}

/** RFC 6901 §3. */
function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The map in pieces the server takes. */
export function splitUpdate(update: PatchMap, maxObjects: number): PatchMap[] {
  const entries = Object.entries(update)
  const parts: PatchMap[] = []
  for (let at = 0; at < entries.length; at += maxObjects) {
    parts.push(Object.fromEntries<PatchMap[EmailId]>(entries.slice(at, at + maxObjects)))
  }
  return parts
}
