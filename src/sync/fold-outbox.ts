/** Outbox rows in order, folded to one Email/set: patches merge field by field, the last write wins (B6.4). */
import type { EmailId } from '../jmap/types.ts'
import { isLocalId } from '../mail/list.ts'
import {
  isKnownMutation,
  isMailboxMutation,
  isOnAll,
  type EmailMutation,
  type Mutation,
  type OutboxRow,
  type SetKeyword,
  type SetMailboxes,
} from '../mutations/mutation.ts'
import { targetsOf } from '../mutations/set-mailboxes.ts'

type PatchMap = Record<EmailId, Record<string, true | null>>

/** Arguments of one Email/set. No id is in both. */
export interface SetCall {
  readonly update: PatchMap
  readonly destroy: readonly EmailId[]
}

/** A row about Emails. */
export interface EmailRow extends OutboxRow {
  readonly mutation: EmailMutation
}

export interface FoldedOutbox extends SetCall {
  readonly rows: readonly EmailRow[]
}

/**
 * Takes queued rows from the front while their Emails fit into one call. At least one row, however long. An Email that is
 * patched and then destroyed ends the call: both at once is `willDestroy` (RFC 8620 §5.3). So does a mailbox that is to be
 * made first (`make-mailboxes.ts`), and whatever is done to one (`push-mailboxes.ts`).
 */
export function foldOutbox(outbox: readonly OutboxRow[], maxObjects: number): FoldedOutbox {
  const rows: EmailRow[] = []
  const update: PatchMap = {}
  const destroy = new Set<EmailId>()
  for (const row of outbox) {
    if (row.status !== 'queued' || !isKnownMutation(row.mutation)) continue
    const { mutation } = row
    // what comes after it is meant for what is left
    if (isMailboxMutation(mutation) || isOnAll(mutation) || wantsMade(mutation)) break
    if (mutation.type === 'takeBack' || mutation.type === 'setSettings') continue
    const isDeath = mutation.type === 'destroyEmails'
    const added = mutation.emailIds.filter((id) => !(id in update) && !destroy.has(id)).length
    const isFull = added > 0 && Object.keys(update).length + destroy.size + added > maxObjects
    const meetsOther = mutation.emailIds.some((id) => (isDeath ? id in update : destroy.has(id)))
    if (rows.length > 0 && (isFull || meetsOther)) break
    rows.push({ ...row, mutation })
    for (const id of mutation.emailIds) {
      if (mutation.type === 'destroyEmails') destroy.add(id)
      else Object.assign((update[id] ??= {}), patchOf(mutation))
    }
  }
  return { rows, update, destroy: [...destroy] }
}

/** It puts Emails into a mailbox that has no id at the server yet. */
function wantsMade(mutation: Mutation): boolean {
  return targetsOf(mutation).some(isLocalId)
}

/** RFC 8620 §5.3 PatchObject: never the whole map, which would undo what another client does at the same time. */
export function patchOf(mutation: SetKeyword | SetMailboxes): Record<string, true | null> {
  if (mutation.type === 'setKeyword')
    return { [`keywords/${escapePointer(mutation.keyword)}`]: mutation.value ? true : null }
  // out of a mailbox that was never made: it was never in it
  const entries = Object.entries(mutation.mailboxIds).filter(([id]) => !isLocalId(id))
  return Object.fromEntries(entries.map(([id, isIn]) => [`mailboxIds/${escapePointer(id)}`, isIn ? true : null]))
}

/** RFC 6901 §3. */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The call in pieces the server takes. */
export function splitCall({ update, destroy }: SetCall, maxObjects: number): SetCall[] {
  const entries = Object.entries(update)
  const parts: SetCall[] = []
  for (let at = 0; at < entries.length; at += maxObjects) {
    const part = Object.fromEntries<PatchMap[EmailId]>(entries.slice(at, at + maxObjects))
    parts.push({ update: part, destroy: [] })
  }
  for (let at = 0; at < destroy.length; at += maxObjects)
    parts.push({ update: {}, destroy: destroy.slice(at, at + maxObjects) })
  return parts
}
