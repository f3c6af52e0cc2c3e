/** A mailbox whose making is taken back and done again, while one or the other is discarded or refused: it stands once. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId, Mailbox, MailboxId } from '../../src/jmap/types.ts'
import { createMailbox, inverseOfCreateMailbox } from '../../src/mutations/create-mailbox.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import { setMailbox } from '../../src/mutations/set-mailbox.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const MAKE = createMailbox('~~trips' as MailboxId, { name: 'Trips', parentId: null })
const UNDO = inverseOfCreateMailbox(MAKE)

/** It stands at the server, and nothing is sent from then on. */
async function begin(like: 'plain' | 'stalwart' | 'cyrus'): Promise<EmailId> {
  bench = await EngineBench.create({ like })
  const [mail] = bench.fill(1)
  await bench.startAndSettle()
  await act(MAKE)
  await bench.clock.advance(20_000)
  bench.client.faults = () => ({ lose: 'before' })
  return mail!
}

const goOnline = (): Promise<void> => bench.comeOnline(240_000)

async function act(...mutations: readonly (Mutation | undefined)[]): Promise<void> {
  for (const mutation of mutations) if (mutation) await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

/** What waits, or was refused, counted from the first. */
async function discard(...which: readonly number[]): Promise<void> {
  const rows = await bench.replica.outbox()
  for (const each of which) expect(await bench.replica.discardMutation(rows[each]!.id)).toBe(true)
}

const own = async (): Promise<Mailbox[]> => (await bench.replica.mailboxes()).filter(({ role }) => role === null)
const names = async (): Promise<string[]> => (await own()).map(({ name }) => name)
const atServer = (): string[] =>
  [...bench.account.mailboxes.values()].filter(({ role }) => role === null).map(({ name }) => name)
const idAtServer = (): string => [...bench.account.mailboxes.values()].find(({ name }) => name === 'Trips')!.id

/** What is done to the one that is shown reaches it, and nothing is refused. */
async function expectOne(mail: EmailId): Promise<void> {
  expect(await names()).toEqual(['Trips'])
  const [shown] = await own()
  await act(setMailbox(shown!, { name: 'Journeys' }), await filing(mail, shown!.id))
  expect(await names()).toEqual(['Journeys'])
  expect(await bench.list((await own())[0]!.id)).toEqual([mail])
  await goOnline()
  expect(await bench.replica.outbox()).toEqual([])
  expect(atServer()).toEqual(['Journeys'])
  expect(await names()).toEqual(['Journeys'])
  expect(await bench.list((await own())[0]!.id)).toEqual([mail])
}

async function filing(mail: EmailId, to: MailboxId): Promise<Mutation> {
  const [email] = await bench.replica.emails([mail])
  return { type: 'setMailboxes', emailIds: [mail], blobIds: [email!.blobId], mailboxIds: { [to]: true } }
}

describe.each(['plain', 'stalwart', 'cyrus'] as const)('a mailbox made again, like %s', (like) => {
  test('once its end was called off', async () => {
    const mail = await begin(like)
    const id = idAtServer()
    await act(UNDO)
    await discard(0)
    await act(MAKE)
    await expectOne(mail)
    expect([...bench.account.mailboxes.keys()]).toContain(id)
  })

  test('of which the end is called off after that', async () => {
    const mail = await begin(like)
    const id = idAtServer()
    await act(UNDO, MAKE, await filing(mail, MAKE.mailbox.id))
    expect(await bench.list(MAKE.mailbox.id)).toEqual([mail])
    await discard(0)
    expect(await bench.list(id as MailboxId)).toEqual([mail])
    await expectOne(mail)
    expect([...bench.account.mailboxes.keys()]).toContain(id)
  })

  test.each([
    ['its end first', [0, 1]],
    ['its making first', [1, 0]],
  ])('of which both are called off, %s', async (_, order) => {
    const mail = await begin(like)
    await act(UNDO, MAKE)
    await discard(...order)
    expect(await bench.replica.outbox()).toEqual([])
    await expectOne(mail)
  })

  test('and taken back once more goes, though the first of both ends is called off', async () => {
    await begin(like)
    await act(UNDO, MAKE, UNDO)
    await discard(0)
    expect(await names()).toEqual([])
    await goOnline()
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer()).toEqual([])
  })

  test('is taken back, once its end was called off', async () => {
    await begin(like)
    await act(UNDO)
    await discard(0)
    await act(MAKE, UNDO)
    expect(await names()).toEqual([])
    await goOnline()
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer()).toEqual([])
  })

  test.each([
    ['before that', [UNDO], [MAKE]],
    ['after that', [UNDO, MAKE], []],
  ])('of which the end is refused %s', async (_, before, after) => {
    const mail = await begin(like)
    const id = idAtServer()
    bench.account.move(mail, [bench.mailboxId('inbox'), id])
    await act(...before)
    await goOnline()
    await act(...after)
    await bench.clock.advance(20_000)
    expect((await bench.replica.outbox()).map(({ mutation, status }) => [mutation.type, status])).toEqual([
      ['destroyMailbox', 'failed'],
    ])
    await discard(0)
    await expectOne(mail)
    expect([...bench.account.mailboxes.keys()]).toContain(id)
  })

  test('is made where others have deleted it meanwhile, with what was done to it since', async () => {
    const mail = await begin(like)
    const id = idAtServer()
    await act(UNDO)
    await discard(0)
    bench.account.destroyMailbox(id)
    await act(MAKE)
    await expectOne(mail)
    expect([...bench.account.mailboxes.keys()]).not.toContain(id)
  })
})
