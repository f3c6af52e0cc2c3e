/**
 * Mailboxes that the reader made go by an id of ours until the server has given them one; who noted the first may act on
 * it later: an open dialog, the undo stack. So both are kept side by side, and an intent is written with the one that
 * holds. One that is made again (redo) is another at the server, under the same id of ours.
 */
import type { MailboxId } from '../jmap/types.ts'
import { isMailboxMutation, type Mutation, type OutboxRow } from '../mutations/mutation.ts'
import type { StorageTx } from './storage/storage.ts'

type Pair = readonly [from: MailboxId, to: MailboxId]

/** More than the undo stack has levels. */
const KEPT = 100

async function pairsOf(tx: StorageTx): Promise<readonly Pair[]> {
  return (await tx.get('meta', 'madeIds'))?.ids ?? []
}

function keep(tx: StorageTx, ids: readonly Pair[]): void {
  tx.put('meta', { name: 'madeIds', value: 0, ids: ids.slice(-KEPT) })
}

/** The same with another id in place of one, wherever it stands in it. */
function withId<T extends Mutation>(mutation: T, from: MailboxId, to: MailboxId): T {
  // Both are quoted as a whole: in a name a quotation mark is escaped.
  return JSON.parse(JSON.stringify(mutation).replaceAll(JSON.stringify(from), JSON.stringify(to))) as T
}

/** As it is to be written to the outbox, in the transaction that does it. Needs the stores `meta` and `outbox`. */
export async function withKnownIds(tx: StorageTx, mutation: Mutation): Promise<Mutation> {
  const pairs = await pairsOf(tx)
  if (mutation.type === 'createMailbox') {
    const { id } = mutation.mailbox
    const made = pairs.find(([from]) => from === id)
    if (made) keep(tx, [...pairs.filter((pair) => pair !== made), [made[1], id]])
    const { mailbox } = mutation
    const parentId = mailbox.parentId === null ? null : knownId(mailbox.parentId, pairs)
    return { ...mutation, mailbox: { ...mailbox, parentId } }
  }
  let known = mutation
  for (const [id] of pairs) known = withId(known, id, knownId(id, pairs))
  if (isMailboxMutation(known)) await withdraw(tx, known)
  return known
}

function knownId(id: MailboxId, pairs: readonly Pair[]): MailboxId {
  let known = id
  for (const _ of pairs) known = pairs.find(([from]) => from === known)?.[1] ?? known
  return known
}

/**
 * What was done last to mailboxes and waits still is moot where this one says the same anew, or takes it back. Only the
 * last: names are free or taken by the order in which they are given.
 */
async function withdraw(tx: StorageTx, newer: Mutation): Promise<void> {
  const last = (await tx.getAll('outbox')).findLast(({ mutation }) => isMailboxMutation(mutation))
  if (last?.status === 'queued' && isMoot(last, newer)) tx.delete('outbox', last.seq)
}

function isMoot({ mutation: older, attempts }: OutboxRow, newer: Mutation): boolean {
  if (older.type === 'createMailbox') {
    // One that was sent before may be there, whatever became of the answer: it is found and then deleted.
    const isUnsent = attempts === 0
    return isUnsent && newer.type === 'destroyMailbox' && !!newer.made && newer.mailboxId === older.mailbox.id
  }
  if (older.type !== 'setMailbox' || newer.type !== 'setMailbox' || older.mailboxId !== newer.mailboxId) return false
  return Object.keys(older.patch).every((name) => Object.hasOwn(newer.patch, name))
}

/** The server has answered for a mailbox that was made: what waits behind that names it by its own id from now on. */
export async function noteMade(tx: StorageTx, row: OutboxRow, id: MailboxId): Promise<readonly OutboxRow[]> {
  const local = row.mutation.type === 'createMailbox' ? row.mutation.mailbox.id : id
  const behind = (await tx.getAll('outbox')).filter(({ seq }) => seq > row.seq)
  const next = behind.findIndex(({ mutation }) => mutation.type === 'createMailbox' && mutation.mailbox.id === local)
  const pairs = (await pairsOf(tx)).filter(([from]) => from !== local && from !== id)
  keep(tx, [...pairs, next < 0 ? [local, id] : [id, local]])
  return (next < 0 ? behind : behind.slice(0, next)).flatMap((each) => {
    const mutation = withId(each.mutation, local, id)
    return JSON.stringify(mutation) === JSON.stringify(each.mutation) ? [] : [{ ...each, mutation }]
  })
}

/**
 * For what is shown: of one that was deleted with all in it and is made again, what was done before goes by a name of its
 * own, so that its end takes the mail that was put there till then, and none of what goes to the second.
 */
export function toldApart(outbox: readonly OutboxRow[]): readonly OutboxRow[] {
  const ended = new Set<MailboxId>()
  return outbox.reduce<readonly OutboxRow[]>((rows, { mutation, status, seq }) => {
    if (status === 'failed') return rows
    if (mutation.type === 'destroyMailbox' && !mutation.made) ended.add(mutation.mailboxId)
    const again =
      mutation.type === 'createMailbox' && ended.delete(mutation.mailbox.id) ? mutation.mailbox.id : undefined
    return again === undefined ? rows : rows.map((row) => (row.seq < seq ? formerly(row, again, seq) : row))
  }, outbox)
}

/** No server gives such an id (RFC 8620 §1.2). */
function formerly(row: OutboxRow, id: MailboxId, until: number): OutboxRow {
  return { ...row, mutation: withId(row.mutation, id, `${id}/${String(until)}` as MailboxId) }
}
