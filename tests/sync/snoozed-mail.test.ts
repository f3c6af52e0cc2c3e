/** Snoozed mail comes back at its hour: by the leader, through the outbox, once, and never behind the reader's back. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import { untilKeyword } from '../../src/mail/snoozed.ts'
import { mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const HOUR = 3_600_000
const SNOOZED = mailboxToMake('snoozed', 'Snoozed')

async function begin(options: BenchOptions = {}): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(4, { keywords: ['$seen'] })
  await bench.startAndSettle()
  return ids
}

/** As a page does. */
async function snooze(ids: readonly EmailId[], until: number): Promise<void> {
  const emails = await bench.replica.emails(ids)
  const named = { emailIds: ids, blobIds: emails.map((email) => email!.blobId) }
  const known = (await bench.replica.mailboxes()).find(({ role }) => role === 'snoozed')
  const mutations: Mutation[] = [
    {
      type: 'setMailboxes',
      ...named,
      mailboxIds: { [bench.mailboxId('inbox')]: false, [known?.id ?? SNOOZED.id]: true },
      ...(!known && { make: SNOOZED }),
    },
    { type: 'setKeyword', ...named, keyword: untilKeyword(until), value: true },
  ]
  for (const mutation of mutations) await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

const at = (id: EmailId): { roles: (string | null)[]; keywords: string[] } => {
  const email = bench.account.living(id)
  return {
    roles: [...email.mailboxIds].map((each) => bench.account.mailboxes.get(each)?.role ?? null),
    keywords: [...email.keywords].sort(),
  }
}
const BACK = { roles: ['inbox'], keywords: [] }
const asleep = (until: number): ReturnType<typeof at> => ({
  roles: ['snoozed'],
  keywords: ['$seen', untilKeyword(until)].sort(),
})
/** Requests that took it out of Snoozed. */
const wakings = (id: EmailId): number =>
  bench.client.seen
    .flatMap(({ calls }) => calls)
    .filter(([name, args]) => {
      const update = name === 'Email/set' ? (args['update'] as Record<string, object> | undefined)?.[id] : undefined
      return update && (update as Record<string, unknown>)[`mailboxIds/${bench.mailboxId('inbox')}`] === true
    }).length

describe.each(['plain', 'stalwart', 'cyrus'] as const)('snoozed mail, like %s', (like) => {
  test('comes back unread at its hour, and not before', async () => {
    const ids = await begin({ like })
    const until = bench.clock.now() + 3 * HOUR
    await snooze([ids[0]!], until)
    await bench.clock.advance(3 * HOUR - 60_000)
    expect(at(ids[0]!)).toEqual(asleep(until))
    await bench.clock.advance(120_000)
    expect(at(ids[0]!)).toEqual(BACK)
    expect(await bench.replica.outbox()).toEqual([])
    expect(await bench.list(bench.mailboxId('inbox'))).toContain(ids[0])
  })
})

test('one after the other, each at its own hour', async () => {
  const ids = await begin()
  const now = bench.clock.now()
  await snooze([ids[0]!], now + HOUR)
  await snooze([ids[1]!], now + 2 * HOUR)
  await bench.clock.advance(HOUR + 120_000)
  expect([at(ids[0]!), at(ids[1]!)]).toEqual([BACK, asleep(now + 2 * HOUR)])
  await bench.clock.advance(HOUR)
  expect(at(ids[1]!)).toEqual(BACK)
})

test('that has come back and is put to sleep again for less than an hour comes back at that hour', async () => {
  const ids = await begin()
  const now = bench.clock.now()
  await snooze([ids[0]!], now + HOUR)
  await bench.clock.advance(HOUR + 60_000)
  expect(at(ids[0]!)).toEqual(BACK)
  await snooze([ids[0]!], now + 1.5 * HOUR)
  await bench.clock.advance(0.5 * HOUR - 120_000)
  expect(at(ids[0]!)).toEqual({ roles: ['snoozed'], keywords: [untilKeyword(now + 1.5 * HOUR)] })
  await bench.clock.advance(180_000)
  expect(at(ids[0]!)).toEqual(BACK)
  expect(wakings(ids[0]!)).toBe(2)
})

test('that was due while nothing was open comes back with the next start', async () => {
  const ids = await begin()
  const until = bench.clock.now() + HOUR
  await snooze([ids[0]!], until)
  await bench.clock.advance(20_000)
  bench.engine.stop()
  await bench.clock.advance(5 * HOUR)
  expect(at(ids[0]!)).toEqual(asleep(until))
  await bench.startAndSettle()
  expect(at(ids[0]!)).toEqual(BACK)
})

test('waits offline, and comes back with the network', async () => {
  const ids = await begin()
  const until = bench.clock.now() + HOUR
  await snooze([ids[0]!], until)
  await bench.clock.advance(20_000)
  bench.client.faults = () => ({ lose: 'before' })
  await bench.clock.advance(2 * HOUR)
  expect(at(ids[0]!)).toEqual(asleep(until))
  expect(await bench.replica.outbox()).toEqual([])
  bench.client.faults = () => undefined
  bench.engine.refresh()
  await bench.clock.advance(20_000)
  expect(at(ids[0]!)).toEqual(BACK)
})

test('that was put to sleep offline, for an hour that passed, is sent and comes back', async () => {
  const ids = await begin()
  bench.client.faults = () => ({ lose: 'before' })
  await snooze([ids[0]!], bench.clock.now() + HOUR)
  await bench.clock.advance(2 * HOUR)
  bench.client.faults = () => undefined
  bench.engine.refresh()
  await bench.clock.advance(60_000)
  expect(at(ids[0]!)).toEqual(BACK)
})

test('that another device brought back, and its reader archived, is left alone by one that was away', async () => {
  const ids = await begin()
  const until = bench.clock.now() + HOUR
  await snooze([ids[0]!], until)
  await bench.clock.advance(20_000)
  bench.engine.stop()
  await bench.clock.advance(2 * HOUR)
  const archive = bench.account.mailboxByRole('archive')!.id
  bench.account.move(ids[0]!, [archive])
  bench.account.setKeywords(ids[0]!, { [untilKeyword(until)]: false })
  await bench.startAndSettle()
  expect(at(ids[0]!)).toEqual({ roles: ['archive'], keywords: ['$seen'] })
})

test('is brought back once, however many pulls and starts there are', async () => {
  const ids = await begin()
  await snooze([ids[0]!], bench.clock.now() + HOUR)
  await bench.clock.advance(HOUR - 1_000)
  bench.client.faults = () => ({ delayBefore: 900, delayAfter: 900 })
  for (let poke = 0; poke < 30; poke += 1) {
    bench.engine.refresh()
    await bench.clock.advance(500)
  }
  await bench.start()
  await bench.clock.advance(120_000)
  expect(at(ids[0]!)).toEqual(BACK)
  expect(wakings(ids[0]!)).toBe(1)
})

test('of which the device knows nothing comes back, too: it is older than what is kept', async () => {
  bench = await EngineBench.create({ keptMessages: 10 })
  const snoozed = bench.account.createMailbox({ name: 'Snoozed', role: 'snoozed' }).id as MailboxId
  const until = bench.clock.now() + HOUR
  const old = bench.deliver({
    mailbox: snoozed,
    at: bench.clock.now() - 400 * 24 * HOUR,
    keywords: ['$seen', untilKeyword(until)],
  })
  bench.fill(40)
  await bench.startAndSettle()
  await bench.clock.advance(HOUR + 60_000)
  expect(at(old)).toEqual(BACK)
})

test('which the server will not move is tried once an hour, not with every pull', async () => {
  const ids = await begin()
  await snooze([ids[0]!], bench.clock.now() + HOUR)
  await bench.clock.advance(20_000)
  bench.client.refuses = (name) => (name === 'Email/set' ? 'forbidden' : undefined)
  await bench.clock.advance(2 * HOUR)
  expect(wakings(ids[0]!)).toBeGreaterThan(0)
  expect(wakings(ids[0]!)).toBeLessThan(4)
})
