/**
 * Mailboxes that the reader made go by an id of ours until the server has given them one; who noted the first may act on
 * it later: an open dialog, the undo stack. So both are kept side by side, and an intent is written with the one that
 * holds. One that is made again (redo) is another at the server, under the same id of ours: its end waits then, or is
 * done. Where it stands there is nothing to make, and it is the same.
 */
import type { MailboxId } from '../jmap/types.ts'
import { isCreatedId } from '../mail/list.ts'
import { createdAnew } from '../mutations/create-mailbox.ts'
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

/** As it is to be written to the outbox, in the transaction that does it. Needs the stores `mailboxes`, `meta` and `outbox`. */
export async function withKnownIds(tx: StorageTx, mutation: Mutation): Promise<Mutation> {
  const pairs = await pairsOf(tx)
  if (mutation.type === 'createMailbox') {
    const { mailbox } = mutation
    const parentId = mailbox.parentId === null ? null : knownId(mailbox.parentId, pairs)
    const creation = { ...mutation, mailbox: { ...mailbox, parentId } }
    const made = pairs.find(([from]) => from === mailbox.id)
    if (!made) return creation
    if (await isThere(tx, made[1], WAITING)) return createdAnew(creation, made[1])
    keep(tx, turned(pairs, made))
    return creation
  }
  const known = withKnown(mutation, pairs)
  if (!isMailboxMutation(known) || (await withdraw(tx, known))?.type !== 'createMailbox') return known
  // One that was to be made again, and is not: what takes that back is meant for the one that it was.
  await noteStanding(tx)
  return withKnown(mutation, await pairsOf(tx))
}

function withKnown(mutation: Mutation, pairs: readonly Pair[]): Mutation {
  return pairs.reduce((known, [id]) => withId(known, id, knownId(id, pairs)), mutation)
}

function turned(pairs: readonly Pair[], pair: Pair): readonly Pair[] {
  return [...pairs.filter((each) => each !== pair), [pair[1], pair[0]]]
}

const WAITING: readonly OutboxRow['status'][] = ['queued', 'sending', 'sent']

/** By what is known here. `ended`: how far a deletion of it has come where it counts as gone. */
async function isThere(tx: StorageTx, id: MailboxId, ended: readonly OutboxRow['status'][]): Promise<boolean> {
  if (!(await tx.get('mailboxes', id))) return false
  const isEnd = ({ mutation, status }: OutboxRow): boolean =>
    mutation.type === 'destroyMailbox' && mutation.mailboxId === id && ended.includes(status)
  return !(await tx.getAll('outbox')).some(isEnd)
}

/**
 * To be called where an intent about a mailbox has left the outbox without being done: what was to be made again may be
 * the one that it was, which has no end any more; or is not to be made any more. Answers the rows that it changed. Needs
 * the stores `mailboxes`, `meta` and `outbox`.
 */
export async function noteStanding(tx: StorageTx): Promise<readonly OutboxRow[]> {
  const changed: OutboxRow[] = []
  for (const pair of (await pairsOf(tx)).filter(isToBeMadeAgain)) {
    const [id, local] = pair
    const row = (await tx.getAll('outbox')).find(
      ({ mutation }) => mutation.type === 'createMailbox' && mutation.mailbox.id === local,
    )
    if (row?.mutation.type === 'createMailbox' && (await isThere(tx, id, WAITING)))
      changed.push({ ...row, mutation: createdAnew(row.mutation, id) }, ...(await noteMade(tx, row, id)))
    else if (!row && (await isThere(tx, id, ['sent']))) keep(tx, turned(await pairsOf(tx), pair))
    for (const each of changed) tx.put('outbox', each)
  }
  return changed
}

/** The last of that id of ours, of which the server has made nothing again so far. */
function isToBeMadeAgain([, local]: Pair, at: number, pairs: readonly Pair[]): boolean {
  return isCreatedId(local) && !pairs.some(([from, to], other) => from === local || (to === local && other > at))
}

/**
 * The server has said that one is gone which is said anew to be made: it is made again, and what waits behind that names
 * it is meant for that one. Answers the rows as they are now. Needs the stores `meta` and `outbox`.
 */
export async function noteGone(tx: StorageTx, row: OutboxRow): Promise<readonly OutboxRow[]> {
  const { mutation } = row
  if (mutation.type !== 'setMailbox' || !mutation.made) return []
  const { mailboxId, made, patch } = mutation
  const pairs = (await pairsOf(tx)).filter(([from]) => from !== made.id && from !== mailboxId)
  keep(tx, [...pairs, [mailboxId, made.id]])
  const { name = made.name, parentId = made.parentId } = patch
  const again: OutboxRow = {
    ...row,
    mutation: { type: 'createMailbox', mailbox: { ...made, name, parentId } },
    status: 'queued',
    attempts: 0,
  }
  const behind = (await tx.getAll('outbox')).filter(({ seq }) => seq > row.seq)
  return [again, ...renamed(behind, mailboxId, made.id)]
}

/** Those of them that name it. */
function renamed(rows: readonly OutboxRow[], from: MailboxId, to: MailboxId): readonly OutboxRow[] {
  return rows.flatMap((each) => {
    const mutation = withId(each.mutation, from, to)
    return JSON.stringify(mutation) === JSON.stringify(each.mutation) ? [] : [{ ...each, mutation }]
  })
}

function knownId(id: MailboxId, pairs: readonly Pair[]): MailboxId {
  let known = id
  for (const _ of pairs) known = pairs.find(([from]) => from === known)?.[1] ?? known
  return known
}

/**
 * What was done last to mailboxes and waits still is moot where this one says the same anew, or takes it back. Only the
 * last: names are free or taken by the order in which they are given. Answers it.
 */
async function withdraw(tx: StorageTx, newer: Mutation): Promise<Mutation | undefined> {
  const last = (await tx.getAll('outbox')).findLast(({ mutation }) => isMailboxMutation(mutation))
  if (last?.status !== 'queued' || !isMoot(last, newer)) return undefined
  tx.delete('outbox', last.seq)
  return last.mutation
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
  return renamed(next < 0 ? behind : behind.slice(0, next), local, id)
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
