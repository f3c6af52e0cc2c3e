/** Mailboxes made, renamed, moved and deleted: at once on the screen, once at the server, whatever happens on the way. */
import { afterEach, describe, expect, test } from 'vitest'
import { SetError } from '../../demo/server/errors.ts'
import type { EmailId, Mailbox, MailboxId } from '../../src/jmap/types.ts'
import { createMailbox, inverseOfCreateMailbox } from '../../src/mutations/create-mailbox.ts'
import type { DestroyMailbox, MailboxChange, Mutation, SetMailboxes } from '../../src/mutations/mutation.ts'
import { setMailbox } from '../../src/mutations/set-mailbox.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const TRIPS = '~~trips' as MailboxId
const ROME = '~~rome' as MailboxId

async function begin(options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = bench.fill(4)
  await bench.startAndSettle()
  return ids
}

/** Nothing is sent until then. */
function goOffline(): () => Promise<void> {
  bench.client.faults = () => ({ lose: 'before' })
  return () => bench.comeOnline()
}

async function act(...mutations: readonly (Mutation | undefined)[]): Promise<void> {
  for (const mutation of mutations) if (mutation) await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

const create = (id: MailboxId, name: string, parentId: MailboxId | null = null): Mutation =>
  createMailbox(id, { name, parentId })
const shown = async (name: string): Promise<Mailbox | undefined> =>
  (await bench.replica.mailboxes()).find((each) => each.name === name)
async function change(name: string, patch: MailboxChange): Promise<Mutation | undefined> {
  const mailbox = await shown(name)
  return mailbox && setMailbox(mailbox, patch)
}
const destroy = (mailboxId: MailboxId, how: Partial<DestroyMailbox> = {}): Mutation => ({
  type: 'destroyMailbox',
  mailboxId,
  name: 'Trips',
  onDestroyRemoveEmails: false,
  ...how,
})
async function move(ids: readonly EmailId[], to: MailboxId): Promise<SetMailboxes> {
  const emails = await bench.replica.emails(ids)
  const blobIds = emails.map((email) => email!.blobId)
  return { type: 'setMailboxes', emailIds: ids, blobIds, mailboxIds: { [bench.mailboxId('inbox')]: false, [to]: true } }
}

const own = (): (readonly [name: string, parent: string | null])[] =>
  [...bench.account.mailboxes.values()]
    .filter(({ role }) => role === null)
    .map(({ name, parentId }) => [name, parentId === null ? null : bench.account.mailboxes.get(parentId)!.name])
const idOf = (name: string): MailboxId =>
  [...bench.account.mailboxes.values()].find((each) => each.name === name)!.id as MailboxId
const atServer = (id: EmailId): string[] =>
  [...bench.account.living(id).mailboxIds].map((each) => bench.account.mailboxes.get(each)!.name)
const isDead = (id: EmailId): boolean => !bench.account.emails.has(id)

describe.each(['plain', 'stalwart', 'cyrus'] as const)('mailboxes, like %s', (like) => {
  test('are there at once, and at the server once it has answered, under its id', async () => {
    await begin({ like })
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await act(create(TRIPS, 'Trips'))
    expect(await shown('Trips')).toMatchObject({ id: TRIPS, role: null, parentId: null })
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([['Trips', null]])
    expect(await shown('Trips')).toMatchObject({ id: idOf('Trips') })
  })

  test('made, filled, renamed, nested and deleted offline arrive in that order', async () => {
    const [first, second] = await begin({ like })
    const goOnline = goOffline()
    await act(create(TRIPS, 'Trips'), await move([first!], TRIPS), create(ROME, 'Rome', TRIPS))
    await act(await move([second!], ROME))
    await act(await change('Trips', { name: 'Journeys' }))
    expect(await bench.list(TRIPS)).toEqual([first])
    expect(await shown('Journeys')).toMatchObject({ id: TRIPS, totalEmails: 1 })
    expect(await shown('Rome')).toMatchObject({ parentId: TRIPS, totalEmails: 1 })
    await goOnline()
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([
      ['Journeys', null],
      ['Rome', 'Journeys'],
    ])
    expect([atServer(first!), atServer(second!)]).toEqual([['Journeys'], ['Rome']])
    expect(await bench.list(idOf('Journeys'))).toEqual([first])
  })

  test('stand in the tree without a gap or a double from the first moment on', async () => {
    const [first] = await begin({ like })
    const seen: unknown[] = []
    bench.replica.subscribe(() => {
      void bench.replica.mailboxes().then(async (all) => {
        const trips = all.filter(({ name }) => name === 'Trips')
        seen.push([trips.length, trips[0]?.totalEmails, (await bench.list(trips[0]?.id ?? TRIPS)).length])
      })
    })
    await act(create(TRIPS, 'Trips'), await move([first!], TRIPS))
    await bench.clock.advance(20_000)
    const full = seen.slice(seen.findIndex((each) => JSON.stringify(each) === '[1,1,1]'))
    expect(full.length).toBeGreaterThan(2)
    expect(new Set(full.map((each) => JSON.stringify(each)))).toEqual(new Set(['[1,1,1]']))
  })

  test('are noted as sent before they are, so that no power cut lets them seem to be here alone', async () => {
    await begin({ like })
    const write = bench.replica.write.bind(bench.replica)
    const noting: unknown[] = []
    bench.replica.write = async (guard, body) => {
      const outcome = await write(guard, body)
      if ((await bench.replica.outbox()).some(({ status }) => status === 'sending')) noting.push(guard.durability)
      return outcome
    }
    await act(create(TRIPS, 'Trips'))
    await bench.clock.advance(20_000)
    expect(noting[0]).toBe('strict')
  })

  test.each(['before', 'after'] as const)('are made once though requests are lost %s the server acts', async (lose) => {
    const [first] = await begin({ like })
    let left = 6
    bench.client.faults = (calls) =>
      calls.some(([name]) => name.endsWith('/set')) && left-- > 0 ? { lose } : undefined
    await act(create(TRIPS, 'Trips'), await move([first!], TRIPS), create(ROME, 'Rome', TRIPS))
    await act(await change('Trips', { name: 'Journeys' }))
    await bench.clock.advance(900_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([
      ['Journeys', null],
      ['Rome', 'Journeys'],
    ])
    expect(atServer(first!)).toEqual(['Journeys'])
  })

  test('survive a leader that dies in the midst of it', async () => {
    const [first] = await begin({ like })
    bench.client.faults = (calls) =>
      calls.some(([name]) => name === 'Mailbox/set') ? { delayAfter: 60_000 } : undefined
    await act(create(TRIPS, 'Trips'), await move([first!], TRIPS))
    await bench.clock.advance(2_000)
    bench.engine.stop()
    bench.client.faults = () => undefined
    await bench.startAndSettle()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([['Trips', null]])
    expect(atServer(first!)).toEqual(['Trips'])
  })

  test.each(['remembers', 'forgets'] as const)(
    'that another device makes meanwhile are used, not made twice, where the server %s what changed',
    async (manner) => {
      const [first] = await begin({ like })
      bench.client.faults = (calls) => {
        if (!calls.some(([name]) => name === 'Mailbox/set') || own().length > 0) return undefined
        bench.account.createMailbox({ name: 'Trips' })
        if (manner === 'forgets') bench.account.forgetChanges()
        return undefined
      }
      await act(create(TRIPS, 'Trips'), await move([first!], TRIPS))
      await bench.clock.advance(60_000)
      expect(await bench.replica.outbox()).toEqual([])
      expect(own()).toEqual([['Trips', null]])
      expect(atServer(first!)).toEqual(['Trips'])
    },
  )

  test('that are refused go from the tree with what was to go there, and can be tried again', async () => {
    const [first, second] = await begin({ like })
    const make = bench.account.createMailbox.bind(bench.account)
    let isRefused = true
    bench.account.createMailbox = (fields) => {
      if (isRefused) throw new SetError('forbidden')
      return make(fields)
    }
    await act(create(TRIPS, 'Trips'), await move([first!], TRIPS), create(ROME, 'Rome', TRIPS))
    await act({
      type: 'setKeyword',
      emailIds: [second!],
      blobIds: [bench.account.living(second!).blobId as never],
      keyword: '$flagged',
      value: true,
    })
    await bench.clock.advance(60_000)
    const rows = await bench.replica.outbox()
    expect(rows.map(({ status, lastError }) => [status, lastError])).toEqual(
      Array.from({ length: 3 }, () => ['failed', 'forbidden']),
    )
    expect([await shown('Trips'), await shown('Rome')]).toEqual([undefined, undefined])
    expect(await bench.list(bench.mailboxId('inbox'))).toContain(first)
    expect(bench.account.living(second!).keywords.has('$flagged')).toBe(true)
    isRefused = false
    for (const row of rows) await bench.replica.retryMutation(row.id)
    bench.engine.pokeOutbox()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([
      ['Trips', null],
      ['Rome', 'Trips'],
    ])
    expect(atServer(first!)).toEqual(['Trips'])
  })

  test('that take a name of a sibling are refused and keep their own', async () => {
    await begin({ like })
    await act(create(TRIPS, 'Trips'), create(ROME, 'Rome'))
    await bench.clock.advance(20_000)
    await act(await change('Rome', { name: 'Trips' }))
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'failed' }])
    expect(await shown('Rome')).toBeDefined()
    expect(own().map(([name]) => name)).toEqual(['Trips', 'Rome'])
  })

  test('are taken back while empty, and made again, with what was done to them', async () => {
    const [first] = await begin({ like })
    const creation = createMailbox(TRIPS, { name: 'Trips', parentId: null })
    await act(creation)
    await bench.clock.advance(20_000)
    const filing = await move([first!], TRIPS)
    const back = { ...filing, mailboxIds: { [bench.mailboxId('inbox')]: true, [TRIPS]: false } }
    // by the id that it had before the server's: who noted it goes on
    await act(filing)
    await bench.clock.advance(20_000)
    expect(atServer(first!)).toEqual(['Trips'])
    const goOnline = goOffline()
    await act(back, inverseOfCreateMailbox(creation))
    expect(await shown('Trips')).toBeUndefined()
    await goOnline()
    expect(own()).toEqual([])
    const goOnlineAgain = goOffline()
    await act(creation, filing)
    expect(await bench.list(TRIPS)).toEqual([first])
    await goOnlineAgain()
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([['Trips', null]])
    expect(atServer(first!)).toEqual(['Trips'])
  })

  test('made and taken back offline never reach the server', async () => {
    await begin({ like })
    const goOnline = goOffline()
    const creation = createMailbox(TRIPS, { name: 'Trips', parentId: null })
    await act(creation, inverseOfCreateMailbox(creation))
    await goOnline()
    expect(await bench.replica.outbox()).toEqual([])
    const names = bench.client.seen.flatMap((each) => each.names)
    expect(names).not.toContain('Mailbox/set')
    // and then made after all
    await act(creation)
    await bench.clock.advance(20_000)
    expect(own()).toEqual([['Trips', null]])
  })

  test('taken back while nobody knows whether they are made are not left at the server', async () => {
    await begin({ like })
    const creation = createMailbox(TRIPS, { name: 'Trips', parentId: null })
    bench.client.faults = (calls) => (calls.some(([name]) => name === 'Mailbox/set') ? { lose: 'after' } : undefined)
    await act(creation)
    await bench.clock.advance(300)
    expect(own()).toEqual([['Trips', null]])
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'queued' }])
    bench.client.faults = () => undefined
    await act(inverseOfCreateMailbox(creation))
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([])
  })

  test('whose answer is lost are found though the server forgets what changed', async () => {
    await begin({ like })
    bench.client.faults = (calls) => (calls.some(([name]) => name === 'Mailbox/set') ? { lose: 'after' } : undefined)
    await act(create(TRIPS, 'Trips'))
    await bench.clock.advance(300)
    bench.client.faults = () => ({ delayBefore: 50 })
    bench.deliver()
    bench.account.forgetChanges()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([['Trips', null]])
  })

  test('are moved into each other, hidden and shown', async () => {
    await begin({ like })
    await act(create(TRIPS, 'Trips'), create(ROME, 'Rome'))
    await bench.clock.advance(20_000)
    await act(await change('Rome', { parentId: idOf('Trips') }), await change('Trips', { isSubscribed: false }))
    expect(await shown('Rome')).toMatchObject({ parentId: idOf('Trips') })
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toContainEqual(['Rome', 'Trips'])
    expect(bench.account.mailboxes.get(idOf('Trips'))).toMatchObject({ isSubscribed: false })
  })

  test('go with the mail that stands nowhere else', async () => {
    const [first, second] = await begin({ like })
    await act(create(TRIPS, 'Trips'), await move([first!, second!], TRIPS))
    await bench.clock.advance(20_000)
    const trips = idOf('Trips')
    const blobIds = [bench.account.living(second!).blobId as never]
    const mailboxIds = { [bench.mailboxId('sent')]: true }
    await act({ type: 'setMailboxes', emailIds: [second!], blobIds, mailboxIds })
    bench.client.faults = () => ({ delayBefore: 500 })
    await act(destroy(trips, { onDestroyRemoveEmails: true }))
    expect(await shown('Trips')).toBeUndefined()
    expect(await bench.replica.emails([first!])).toEqual([undefined])
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([])
    expect(isDead(first!)).toBe(true)
    expect([...bench.account.living(second!).mailboxIds]).toEqual([bench.mailboxId('sent')])
  })

  test('go once all of their mail is moved, what came meanwhile as well', async () => {
    await begin({ like, limits: { maxObjectsInSet: 4 } })
    const trips = bench.account.createMailbox({ name: 'Trips' }).id as MailboxId
    const letters = bench.fill(11, { mailbox: trips })
    let isLate = true
    bench.client.faults = (calls) => {
      if (isLate && calls.some(([name]) => name === 'Mailbox/set')) {
        isLate = false
        letters.push(bench.deliver({ mailbox: trips }))
      }
      return undefined
    }
    await act(destroy(trips, { moveTo: bench.mailboxId('inbox') }))
    await bench.clock.advance(300_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([])
    expect(letters.map(atServer)).toEqual(letters.map(() => ['Inbox']))
  })

  test.each(['before', 'after'] as const)('go though requests are lost %s the server acts', async (lose) => {
    await begin({ like, limits: { maxObjectsInSet: 4 } })
    const trips = bench.account.createMailbox({ name: 'Trips' }).id as MailboxId
    const letters = bench.fill(9, { mailbox: trips })
    let count = 0
    bench.client.faults = (calls) =>
      calls.some(([name]) => name.endsWith('/set')) && (count += 1) % 2 === 1 ? { lose } : undefined
    await act(destroy(trips, { moveTo: bench.mailboxId('inbox') }))
    await bench.clock.advance(900_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(own()).toEqual([])
    expect(letters.map(atServer)).toEqual(letters.map(() => ['Inbox']))
  })

  test('that hold others, or mail, are refused and stay', async () => {
    const [first] = await begin({ like })
    await act(create(TRIPS, 'Trips'), create(ROME, 'Rome', TRIPS), await move([first!], ROME))
    await bench.clock.advance(30_000)
    await act(destroy(idOf('Trips')), destroy(idOf('Rome')))
    await bench.clock.advance(20_000)
    const errors = (await bench.replica.outbox()).map(({ status, lastError }) => [status, lastError])
    expect(errors).toEqual([
      ['failed', 'mailboxHasChild'],
      ['failed', 'mailboxHasEmail'],
    ])
    expect([await shown('Trips'), await shown('Rome')]).not.toContain(undefined)
  })

  test('that are gone already are no trouble', async () => {
    await begin({ like })
    const trips = bench.account.createMailbox({ name: 'Trips' }).id as MailboxId
    await bench.clock.advance(60_000)
    const goOnline = goOffline()
    await act(await change('Trips', { name: 'Journeys' }), destroy(trips, { moveTo: bench.mailboxId('inbox') }))
    bench.account.destroyMailbox(trips)
    await goOnline()
    expect(await bench.replica.outbox()).toEqual([])
  })
})
