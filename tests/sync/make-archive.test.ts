/** The first archive where there is no Archive mailbox: made once, whatever happens on the way. */
import { afterEach, describe, expect, test } from 'vitest'
import { SetError } from '../../demo/server/errors.ts'
import type { EmailId, Mailbox, MailboxId } from '../../src/jmap/types.ts'
import { mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import type { Mutation, SetMailboxes } from '../../src/mutations/mutation.ts'
import { newMailbox } from '../../src/mutations/new-mailbox.ts'
import { setMailbox } from '../../src/mutations/set-mailbox.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const ARCHIVE = mailboxToMake('archive', 'Archive')

/** An account without an Archive, as Stalwart's begin. */
async function begin(options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const archive = bench.account.mailboxByRole('archive')
  if (archive) bench.account.destroyMailbox(archive.id)
  const ids = bench.fill(4)
  await bench.startAndSettle()
  return ids
}

async function archive(ids: readonly EmailId[], isBack = false): Promise<void> {
  const emails = await bench.replica.emails(ids)
  const mutation: SetMailboxes = {
    type: 'setMailboxes',
    emailIds: ids,
    blobIds: emails.map((email) => email!.blobId),
    mailboxIds: { [bench.mailboxId('inbox')]: isBack, [ARCHIVE.id]: !isBack },
    make: ARCHIVE,
  }
  await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

async function move(id: EmailId, mailboxIds: SetMailboxes['mailboxIds'], make?: Mailbox): Promise<void> {
  const [email] = await bench.replica.emails([id])
  const ids = { emailIds: [id], blobIds: [email!.blobId] }
  await bench.replica.appendMutation({ type: 'setMailboxes', ...ids, mailboxIds, ...(make && { make }) })
}

/** Offline: copied to the Archive, which nobody has made, and moved from there to one of the reader's making. */
async function leaveForNew(id: EmailId): Promise<void> {
  bench.client.faults = () => ({ lose: 'before' })
  await move(id, { [ARCHIVE.id]: true }, ARCHIVE)
  const made = newMailbox({ id: '~~new' as MailboxId, name: 'New', role: null, parentId: null })
  await bench.replica.appendMutation({ type: 'createMailbox', mailbox: made })
  await move(id, { [bench.mailboxId('inbox')]: false, [ARCHIVE.id]: false, [made.id]: true }, ARCHIVE)
}

const destroy = ({ id, name }: Mailbox): Mutation => ({
  type: 'destroyMailbox',
  mailboxId: id,
  name,
  onDestroyRemoveEmails: false,
})

const archives = (): string[] =>
  [...bench.account.mailboxes.values()]
    .filter(({ name, role }) => name === 'Archive' || role === 'archive')
    .map(({ id }) => id)
const shown = async (): Promise<(readonly unknown[])[]> =>
  (await bench.replica.mailboxes())
    .filter(({ role, name }) => role === 'archive' || name === 'Archive')
    .map(({ id, totalThreads }) => [id, totalThreads])
const idOf = (called: string): string | undefined =>
  [...bench.account.mailboxes.values()].find(({ name }) => name === called)?.id
const atServer = (id: EmailId): string[] => [...bench.account.living(id).mailboxIds]
const sets = (): number => bench.client.seen.filter(({ names }) => names.includes('Mailbox/set')).length

describe.each(['plain', 'stalwart', 'cyrus'] as const)('the first archive, like %s', (like) => {
  test('shows the mailbox with its count and its list at once, and makes it at the server', async () => {
    const ids = await begin({ like })
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await archive([ids[0]!, ids[1]!])
    expect(await shown()).toEqual([[ARCHIVE.id, 2]])
    expect(await bench.list(ARCHIVE.id)).toEqual([ids[1], ids[0]])
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(archives()).toHaveLength(1)
    expect(bench.account.mailboxByRole('archive')).toMatchObject({ name: 'Archive' })
    expect(await shown()).toEqual([[archives()[0], 2]])
    expect(atServer(ids[0]!)).toEqual(archives())
    expect(sets()).toBe(1)
  })

  test('is in the list from the moment the server has made it, without a gap', async () => {
    const ids = await begin({ like })
    await archive([ids[0]!])
    const seen: number[] = []
    bench.replica.subscribe(() => {
      void bench.replica.mailboxes().then(async (all) => {
        const box = all.find(({ role }) => role === 'archive')
        if (box) seen.push(box.totalThreads, (await bench.list(box.id)).length)
      })
    })
    await bench.clock.advance(20_000)
    expect(seen.length).toBeGreaterThan(2)
    expect(new Set(seen)).toEqual(new Set([1]))
  })

  test.each(['before', 'after'] as const)('makes one though requests are lost %s the server acts', async (lose) => {
    const ids = await begin({ like })
    let left = 4
    bench.client.faults = (calls) =>
      calls.some(([name]) => name.endsWith('/set')) && left-- > 0 ? { lose } : undefined
    await archive([ids[0]!])
    await bench.clock.advance(300_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(archives()).toHaveLength(1)
    expect(atServer(ids[0]!)).toEqual(archives())
    if (lose === 'after') expect(sets()).toBe(1)
  })

  test('uses the one that another device made meanwhile', async () => {
    const ids = await begin({ like })
    let other: string | undefined
    bench.client.faults = (calls) => {
      // between the look and the request that makes it
      if (calls.some(([name]) => name === 'Mailbox/set'))
        other ??= bench.account.createMailbox({ name: 'Archive', role: 'archive' }).id
      return undefined
    }
    await archive([ids[0]!])
    await bench.clock.advance(20_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(archives()).toEqual([other])
    expect(atServer(ids[0]!)).toEqual([other])
  })

  test('finds one of the role under another name, and one of the name without a role', async () => {
    const ids = await begin({ like })
    const known = bench.account.createMailbox({ name: 'Archiv', role: 'archive' }).id
    await archive([ids[0]!])
    await bench.clock.advance(20_000)
    expect(atServer(ids[0]!)).toEqual([known])
    bench.account.updateMailbox(known, { role: null, name: 'ARCHIVE' })
    await bench.clock.advance(60_000)
    await archive([ids[1]!])
    await bench.clock.advance(20_000)
    expect(atServer(ids[1]!)).toEqual([known])
    expect(sets()).toBe(0)
  })

  test.each(['archive', null])(
    'is one with what a pull brings while it waits for its turn, of role %s',
    async (role) => {
      const ids = await begin({ like })
      const create = bench.account.createMailbox.bind(bench.account)
      bench.account.createMailbox = () => {
        throw new SetError('rateLimit')
      }
      await archive([ids[0]!])
      await bench.clock.advance(20_000)
      expect(await shown()).toEqual([[ARCHIVE.id, 1]])
      const other = create({ name: 'Archive', role }).id
      const tries = sets()
      bench.engine.didPush()
      await bench.clock.advance(1_000)
      expect(sets()).toBe(tries)
      expect(await shown()).toEqual([[other, 1]])
      expect(await bench.list(other as MailboxId)).toEqual([ids[0]])
    },
  )

  test('makes one without a role where the server gives none', async () => {
    const ids = await begin({ like })
    const create = bench.account.createMailbox.bind(bench.account)
    bench.account.createMailbox = (fields) => {
      if (fields.role) throw new SetError('invalidProperties', undefined, { properties: ['role'] })
      return create(fields)
    }
    await archive([ids[0]!])
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(archives()).toHaveLength(1)
    expect(atServer(ids[0]!)).toEqual(archives())
  })

  test.each([
    ['renamed', (box: Mailbox): Mutation | undefined => setMailbox(box, { name: 'Old' }), ['Old', 'Archive']],
    ['deleted', (box: Mailbox): Mutation => destroy(box), ['Archive']],
  ] as const)('makes another than the one that the reader has %s before', async (_, made, left) => {
    const ids = await begin({ like })
    const old = bench.account.createMailbox({ name: 'Archive' }).id
    bench.engine.refresh()
    await bench.clock.advance(20_000)
    const box = (await bench.replica.mailboxes()).find((each) => each.id === old)
    bench.client.faults = () => ({ lose: 'before' })
    await bench.replica.appendMutation(made(box!)!)
    await archive([ids[0]!])
    await bench.comeOnline()
    expect(await bench.replica.outbox()).toEqual([])
    const there = [...bench.account.mailboxes.values()].filter(({ name }) => name === 'Old' || name === 'Archive')
    expect(there.map(({ name }) => name)).toEqual(left)
    expect(atServer(ids[0]!)).toEqual([there.at(-1)?.id])
  })

  test('that is refused fails with what was to go there, stands in the way of nothing, and can be tried again', async () => {
    const ids = await begin({ like })
    let isRefused = true
    const create = bench.account.createMailbox.bind(bench.account)
    bench.account.createMailbox = (fields) => {
      if (isRefused) throw new SetError('forbidden')
      return create(fields)
    }
    await archive([ids[0]!])
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [ids[1]!],
      blobIds: [bench.account.living(ids[1]!).blobId as never],
      keyword: '$flagged',
      value: true,
    })
    bench.engine.pokeOutbox()
    await bench.clock.advance(60_000)
    const [row] = await bench.replica.outbox()
    expect(row).toMatchObject({ status: 'failed', lastError: 'forbidden' })
    expect(await shown()).toEqual([])
    expect(await bench.list(bench.mailboxId('inbox'))).toContain(ids[0])
    expect(bench.account.living(ids[1]!).keywords.has('$flagged')).toBe(true)
    isRefused = false
    await bench.replica.retryMutation(row!.id)
    bench.engine.pokeOutbox()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer(ids[0]!)).toEqual(archives())
  })

  test.each([0, 1_500, 60_000])('and its undo after %i ms leave the message where it was', async (ms) => {
    const ids = await begin({ like })
    bench.client.faults = () => ({ delayBefore: 400, delayAfter: 400 })
    await archive([ids[0]!])
    await bench.clock.advance(ms)
    await archive([ids[0]!], true)
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer(ids[0]!)).toEqual([bench.mailboxId('inbox')])
    expect(archives().length).toBe(ms === 0 ? 0 : 1)
  })

  test('left for Snoozed before either is made: both are, by their own names', async () => {
    const ids = await begin({ like })
    const [id] = ids
    const [email] = await bench.replica.emails([id!])
    bench.client.faults = () => ({ lose: 'before' })
    await archive([id!])
    const snoozed = mailboxToMake('snoozed', 'Snoozed')
    await bench.replica.appendMutation({
      type: 'setMailboxes',
      emailIds: [id!],
      blobIds: [email!.blobId],
      mailboxIds: { [ARCHIVE.id]: false, [snoozed.id]: true },
      make: snoozed,
    })
    await bench.comeOnline(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    const made = [...bench.account.mailboxes.values()].find(({ name }) => name === 'Snoozed')
    expect(atServer(id!)).toEqual([made?.id])
    expect(bench.account.mailboxByRole('archive')?.name ?? 'Archive').toBe('Archive')
  })

  test('is not made for what was copied there and left it for a new mailbox before either was', async () => {
    const ids = await begin({ like })
    await leaveForNew(ids[0]!)
    await bench.comeOnline()
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer(ids[0]!)).toEqual([idOf('New')])
    expect(archives()).toEqual([])
  })

  test('that is refused takes nothing with it that only left it', async () => {
    const ids = await begin({ like })
    const create = bench.account.createMailbox.bind(bench.account)
    bench.account.createMailbox = (fields) => {
      if (fields.name.toLowerCase() === 'archive') throw new SetError('forbidden')
      return create(fields)
    }
    await leaveForNew(ids[0]!)
    await archive([ids[1]!])
    await bench.comeOnline()
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'failed', mutation: { emailIds: [ids[1]] } }])
    expect(atServer(ids[0]!)).toEqual([idOf('New')])
  })

  test('is made by its own name for what goes there after another left it for Snoozed', async () => {
    const ids = await begin({ like })
    bench.client.faults = () => ({ lose: 'before' })
    await move(ids[0]!, { [ARCHIVE.id]: true }, ARCHIVE)
    const snoozed = mailboxToMake('snoozed', 'Snoozed')
    await move(ids[0]!, { [ARCHIVE.id]: false, [snoozed.id]: true }, snoozed)
    await archive([ids[1]!])
    await bench.comeOnline()
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer(ids[0]!)).toEqual([bench.mailboxId('inbox'), idOf('Snoozed')])
    expect(atServer(ids[1]!)).toEqual([idOf('Archive')])
  })

  test('survives a leader that dies in the midst of it', async () => {
    const ids = await begin({ like })
    bench.client.faults = (calls) =>
      calls.some(([name]) => name === 'Mailbox/set') ? { delayAfter: 60_000 } : undefined
    await archive([ids[0]!])
    await bench.clock.advance(2_000)
    bench.engine.stop()
    bench.client.faults = () => undefined
    await bench.startAndSettle()
    await bench.clock.advance(60_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(archives()).toHaveLength(1)
    expect(atServer(ids[0]!)).toEqual(archives())
    expect(sets()).toBe(1)
  })
})
