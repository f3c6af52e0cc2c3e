import { expect, it } from 'vitest'
import { aMailbox, anEmail } from '../replica/testing/rows.ts'
import { createMailbox } from './create-mailbox.ts'
import { outsideOf } from './destroy-mailbox.ts'
import { destroyedMailboxes, effectiveTree } from './effective-tree.ts'
import { setMailbox } from './set-mailbox.ts'
import { treeInverseOf } from './tree-inverse.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { DestroyMailbox, Mutation, OutboxRow } from './mutation.ts'

const id = (name: string): MailboxId => name as MailboxId
const HOUSE = aMailbox(id('house'), { name: 'House' })
const WORK = aMailbox(id('work'), { name: 'Work' })
const TRIPS = createMailbox(id('~~t'), { name: 'Trips', parentId: null })
const destroy = (mailboxId: MailboxId, how: Partial<DestroyMailbox> = {}): DestroyMailbox => ({
  type: 'destroyMailbox',
  mailboxId,
  name: '',
  onDestroyRemoveEmails: true,
  ...how,
})

/** Newest first, as a store may answer: their order is that of `seq`. */
function rows(...mutations: readonly (Mutation | undefined)[]): OutboxRow[] {
  const all = mutations.flatMap((mutation, seq) =>
    mutation ? [{ seq, id: `r${String(seq)}`, mutation, createdAt: 0, status: 'queued', attempts: 0 } as const] : [],
  )
  return all.reverse()
}

/** The first was sent, and no answer came. */
const withoutAnswer = (...mutations: readonly (Mutation | undefined)[]): OutboxRow[] =>
  rows(...mutations).map((row) => (row.seq === 0 ? { ...row, attempts: 1 } : row))

const tree = (...mutations: readonly (Mutation | undefined)[]): string[] =>
  effectiveTree([HOUSE, WORK], rows(...mutations)).map(({ name, parentId }) => `${parentId ?? ''}/${name}`)

it('is the tree as it stands where nothing is done to it', () => {
  const mailboxes = [HOUSE, WORK]
  expect(effectiveTree(mailboxes, [])).toBe(mailboxes)
})

it('makes, renames, moves and deletes in the order in which it was done', () => {
  const made = TRIPS.mailbox
  expect(tree(TRIPS)).toEqual(['/House', '/Work', '/Trips'])
  expect(tree(TRIPS, setMailbox(made, { name: 'Rome', parentId: HOUSE.id }))).toEqual(['/House', '/Work', 'house/Rome'])
  expect(tree(setMailbox(HOUSE, { name: 'Home' }), setMailbox(HOUSE, { name: 'Hut' }))).toEqual(['/Hut', '/Work'])
  expect(tree(TRIPS, destroy(made.id), destroy(WORK.id))).toEqual(['/House'])
  expect(tree(destroy(made.id), TRIPS)).toEqual(['/House', '/Work', '/Trips'])
})

it('shows one that the server has made already once, and nothing of what was refused', () => {
  const there = aMailbox(id('mb7'), { name: 'Trips' })
  expect(effectiveTree([there], withoutAnswer(TRIPS))).toEqual([there])
  const failed = rows(destroy(HOUSE.id)).map((row) => ({ ...row, status: 'failed' as const }))
  expect(effectiveTree([HOUSE], failed)).toEqual([HOUSE])
  expect(destroyedMailboxes(failed).size).toBe(0)
})

it('does to what the server has made already what waits behind its lost answer', () => {
  const there = aMailbox(id('mb7'), { name: 'Trips' })
  const inner = createMailbox(id('~~i'), { name: 'Rome', parentId: TRIPS.mailbox.id })
  const after = (...mutations: readonly (Mutation | undefined)[]): string[] =>
    effectiveTree([HOUSE, there], withoutAnswer(TRIPS, ...mutations)).map(
      (box) => `${box.id} ${box.parentId ?? ''}/${box.name}`,
    )
  expect(after(setMailbox(TRIPS.mailbox, { name: 'Rome' }))).toEqual(['house /House', 'mb7 /Rome'])
  expect(after(inner)).toEqual(['house /House', 'mb7 /Trips', '~~i mb7/Rome'])
  expect(after(setMailbox(HOUSE, { parentId: TRIPS.mailbox.id }))).toEqual(['house mb7/House', 'mb7 /Trips'])
  expect(after(...treeInverseOf(TRIPS))).toEqual(['house /House'])
})

it('takes none for a new mailbox that cannot be it: that one never left, or the other is still to be made', () => {
  const ids = (outbox: readonly OutboxRow[], ...base: readonly Mailbox[]): string[] =>
    effectiveTree(base, outbox).map((box) => `${box.id}/${box.name}`)
  const another = aMailbox(id('mb7'), { name: 'Trips' })
  expect(ids(rows(TRIPS), another)).toEqual(['mb7/Trips', '~~t/Trips'])
  // the rename that had left the name free was taken back
  const rome = createMailbox(id('~~r'), { name: 'Rome', parentId: null })
  const again = setMailbox(rome.mailbox, { name: 'Trips' })
  expect(ids(rows(rome, again, TRIPS))).toEqual(['~~r/Trips', '~~t/Trips'])
  expect(ids(rows(rome, again, TRIPS, destroy(rome.mailbox.id)))).toEqual(['~~t/Trips'])
  expect(ids(rows(rome, again, TRIPS, destroy(TRIPS.mailbox.id)))).toEqual(['~~r/Trips'])
  // the other was refused, and is tried again before it
  const retried = rows(rome, again, TRIPS).map((row) => (row.mutation === TRIPS ? { ...row, attempts: 1 } : row))
  expect(ids(retried)).toEqual(['~~r/Trips', '~~t/Trips'])
})

it('takes mail with a mailbox that goes, but what stands elsewhere as well', () => {
  const gone = destroyedMailboxes(rows(destroy(HOUSE.id)))
  expect(outsideOf(anEmail('a', { in: [HOUSE.id] }), gone)).toBeUndefined()
  expect(outsideOf(anEmail('b', { in: [HOUSE.id, WORK.id] }), gone)?.mailboxIds).toEqual({ work: true })
  const stays = anEmail('c', { in: [WORK.id] })
  expect(outsideOf(stays, gone)).toBe(stays)
})

it('has a way back of what destroys nothing, and back again', () => {
  const [undone] = treeInverseOf(TRIPS)
  expect(undone).toMatchObject({ type: 'destroyMailbox', mailboxId: '~~t', onDestroyRemoveEmails: false })
  expect(treeInverseOf(undone as Mutation)).toEqual([TRIPS])
  const renamed = setMailbox(HOUSE, { name: 'Home', parentId: null })
  expect(renamed).toMatchObject({ name: 'House', patch: { name: 'Home' }, was: { name: 'House' } })
  const [back] = treeInverseOf(renamed as Mutation)
  expect(back).toMatchObject({ name: 'Home', patch: { name: 'House' }, was: { name: 'Home' } })
  expect(setMailbox(HOUSE, { name: 'House' })).toBeUndefined()
  expect(treeInverseOf(destroy(HOUSE.id))).toEqual([])
})
