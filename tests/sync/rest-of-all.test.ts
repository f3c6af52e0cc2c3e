/** Mute, snooze and labels on all that match, and all of a search: resolved at the server, shown before, taken back exactly. */
import { afterEach, describe, expect, test } from 'vitest'
import type { BlobId, EmailId, Mailbox } from '../../src/jmap/types.ts'
import { FOUND, isPassedOver } from '../../src/mail/list.ts'
import { searchFilter } from '../../src/mail/search-query.ts'
import { fileAll } from '../../src/mutations/file-all.ts'
import type { Filing } from '../../src/mutations/file-emails.ts'
import { mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import type { Matching, MatchMutation } from '../../src/mutations/mutation.ts'
import { everyOtherFails } from '../support/troubled-server.ts'
import { viewsOf } from '../support/bench-views.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const { box, append, undo, inInbox, shown, tree, states } = viewsOf(() => bench)
const HOUR = 3_600_000
/** Far enough that nothing comes back while a test waits. */
const until = (): number => bench.clock.now() + 90 * 24 * HOUR

/** Every fourth has an answer of the reader's in Sent, and every sixth lies in the Archive instead. */
async function begin(count: number, options: BenchOptions): Promise<EmailId[]> {
  bench = await EngineBench.create(options)
  const ids = Array.from({ length: count }, (_, at) => {
    const word = at % 2 === 0 ? 'lantern' : 'harbour'
    const receivedAt = bench.clock.now() - HOUR - (count - at) * 60_000
    const message = { subject: `${word} ${String(at)}`, messageId: `c${String(at)}@example.test`, at: receivedAt }
    const id = bench.deliver(message)
    if (at % 4 === 0) {
      const answer = { subject: `Re: ${message.subject}`, references: [message.messageId], text: 'thanks' }
      bench.deliver({ ...answer, at: receivedAt + 30_000, mailbox: box('sent'), keywords: ['$seen'] })
    }
    return id
  })
  await bench.startAndSettle()
  bench.client.seen.length = 0
  return ids
}

const inbox = (more: Partial<Matching> = {}): Matching => ({
  mailboxId: box('inbox'),
  filter: { inMailbox: box('inbox') },
  before: new Date(bench.clock.now()).toISOString(),
  here: { mailboxIds: [box('inbox')], isOutside: false, has: [], hasNot: [] },
  ...more,
})

/** All that the server finds; `only` of it was shown. */
async function found(text: string, only: readonly EmailId[], more: Partial<Matching> = {}): Promise<Matching> {
  const passedOver = (await bench.replica.mailboxes()).filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
  const blobIds = only.map((id) => bench.account.emails.get(id)!.blobId as BlobId)
  const here = { mailboxIds: passedOver, isOutside: true, has: [], hasNot: [], only: { emailIds: only, blobIds } }
  return inbox({ mailboxId: FOUND, filter: searchFilter({ text }, passedOver), here, ...more })
}

async function file(filing: Filing, match: Matching): Promise<MatchMutation> {
  const known = await bench.replica.mailboxes()
  const made = (['archive', 'snoozed'] as const).flatMap((role) =>
    known.some((each) => each.role === role) ? [] : [mailboxToMake(role, role === 'archive' ? 'Archive' : 'Snoozed')],
  )
  return fileAll(filing, match, [...known, ...made], 'k1')!
}

const label = (match: Matching, value = true): MatchMutation => ({
  ...({ type: 'setKeywordOnAll', emailIds: [], blobIds: [], keyword: 'work', value } as const),
  ...{ match, key: 'k1', done: 0, total: 0 },
})
const stored = (id: string): { blobId: string; keywords: ReadonlySet<string>; mailboxIds: ReadonlySet<string> } =>
  bench.account.emails.get(id)!
const having = (keyword: string): string[] =>
  [...bench.account.emails.values()]
    .filter(({ keywords }) => keywords.has(keyword))
    .map(({ id }) => id)
    .toSorted()
const settle = async (): Promise<void> => {
  await bench.clock.advance(300_000)
  expect(bench.engine.status.problem).toBeUndefined()
  expect(await bench.replica.outbox()).toEqual([])
}
const roleOf = (role: string): Mailbox['id'] => bench.account.mailboxByRole(role)!.id as Mailbox['id']

const servers = ['plain', 'stalwart', 'cyrus'] as const

describe.each(servers)('all of the Inbox muted, like %s', (like) => {
  test.each([4, 50])(
    'leaves it, answers are muted where they are, and is what it was when taken back; %i at a time',
    async (limit) => {
      await begin(24, { like, limits: { maxObjectsInSet: limit, maxObjectsInGet: limit } })
      const [before, rows, counts] = [states(), await shown(), await tree('inbox')]
      bench.client.faults = () => ({ delayBefore: 100 })
      const mutation = await file('mute', inbox())
      await append(mutation)
      expect([await shown(), (await tree('inbox'))[0], (await tree('archive'))[0]]).toEqual([[], 0, 24])
      await settle()
      expect([inInbox(), bench.account.mailboxByRole('archive')!.emails.size]).toEqual([[], 24])
      expect(having('$muted')).toHaveLength(30)
      expect(bench.account.mailboxByRole('sent')!.emails.size).toBe(6)
      await undo(mutation)
      expect([await shown(), await tree('inbox')]).toEqual([rows, counts])
      await settle()
      expect(states()).toEqual(before)
    },
  )

  test('what comes into one of its conversations while the server is at it, and behind it, is hushed, too', async () => {
    await begin(80, { like, limits: { maxObjectsInSet: 2 } })
    bench.client.faults = () => ({ delayBefore: 300 })
    await append(await file('mute', inbox()))
    while (having('$muted').length === 0) await bench.clock.advance(100)
    const done = [...bench.account.emails.values()].find(({ keywords }) => keywords.has('$muted'))!
    const late = bench.deliver({
      subject: `Re: ${done.meta.subject ?? ''}`,
      references: [done.meta.messageId?.[0] ?? ''],
    })
    expect(stored(late).mailboxIds.has(box('inbox'))).toBe(true)
    await settle()
    expect([inInbox(), stored(late).keywords.has('$muted')]).toEqual([[], true])
  })

  test('but a few: their conversations are left alone', async () => {
    const ids = await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    const few = [ids[0]!, ids[4]!, ids[7]!]
    const answers = [...bench.account.emails.values()]
      .filter(
        ({ id, thread }) =>
          !few.includes(id as EmailId) && thread.emails.some((each) => few.includes(each.id as EmailId)),
      )
      .map(({ id }) => id as EmailId)
    const left = [...few, ...answers]
    const except = { emailIds: left, blobIds: left.map((id) => stored(id).blobId as BlobId) }
    await append(await file('mute', inbox({ except })))
    expect((await shown()).toSorted()).toEqual(few.toSorted())
    await settle()
    expect(inInbox()).toEqual(few.toSorted())
    expect(having('$muted')).toHaveLength(30 - left.length)
  })

  test('and no longer: the mark goes from all of each conversation, and comes back when that is taken back', async () => {
    const ids = await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    const muted = [...bench.account.emails.values()].filter(({ thread }) =>
      thread.emails.some(({ id }) => ids.slice(0, 9).includes(id as EmailId)),
    )
    for (const { id } of muted) bench.account.setKeywords(id, { $muted: true })
    await bench.clock.advance(60_000)
    const before = having('$muted')
    expect(before.length).toBeGreaterThan(9)
    const mutation = await file('unmute', inbox())
    await append(mutation)
    const window = await bench.replica.listWindow({ mailboxId: box('inbox') }, 0, 100)
    expect(window.rows.some(({ messages }) => messages.some(({ keywords }) => keywords['$muted']))).toBe(false)
    await settle()
    expect([having('$muted'), inInbox().length]).toEqual([[], 24])
    await undo(mutation)
    await settle()
    expect(having('$muted')).toEqual(before)
  })

  test('is done where the server answers 429, 503 and nothing, by the next leader', async () => {
    await begin(24, { like, limits: { maxObjectsInSet: 4, maxObjectsInGet: 8 } })
    bench.client.faults = everyOtherFails()
    await append(await file('mute', inbox()))
    await bench.clock.advance(4_000)
    bench.engine.stop()
    await bench.startAndSettle()
    await bench.clock.advance(HOUR)
    bench.client.faults = () => undefined
    await bench.clock.advance(600_000)
    expect([await bench.replica.outbox(), inInbox(), having('$muted').length]).toEqual([[], [], 30])
  })
})

describe.each(servers)('all of the Inbox snoozed, like %s', (like) => {
  test('is out of sight at once, gets another hour, comes back by hand, and is what it was when taken back', async () => {
    await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    const before = states()
    const first = await file({ until: until() }, inbox())
    await append(first)
    expect([await shown(), (await tree('inbox'))[0], (await tree('snoozed'))[0]]).toEqual([[], 0, 24])
    await settle()
    const snoozed = bench.account.mailboxByRole('snoozed')!
    const asleep = states()
    expect([snoozed.emails.size, having((first as { hour?: string }).hour!).length]).toEqual([24, 24])
    const all = (): Matching => {
      const here = { mailboxIds: [roleOf('snoozed')], isOutside: false, has: [], hasNot: [] }
      return inbox({ mailboxId: roleOf('snoozed'), filter: { inMailbox: roleOf('snoozed') }, here })
    }
    const later = await file({ until: until() + HOUR }, all())
    await append({ ...later, key: 'k2' })
    expect(await shown(roleOf('snoozed'))).toHaveLength(24)
    await settle()
    expect([having((later as { hour?: string }).hour!).length, having((first as { hour?: string }).hour!)]).toEqual([
      24,
      [],
    ])
    await undo({ ...later, key: 'k2' })
    await settle()
    expect(states()).toEqual(asleep)
    await append({ ...(await file('wake', all())), key: 'k3' })
    await settle()
    expect(states()).toEqual(before)
    await append({ ...first, key: 'k4' })
    await settle()
    await undo({ ...first, key: 'k4' })
    await settle()
    expect(states()).toEqual(before)
  })

  test('comes back at its hour, all of it', async () => {
    await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    await append(await file({ until: bench.clock.now() + 2 * HOUR }, inbox()))
    await settle()
    expect(inInbox()).toEqual([])
    await bench.clock.advance(3 * HOUR)
    expect(inInbox()).toHaveLength(24)
    expect(
      [...bench.account.emails.values()].some(({ keywords }) =>
        [...keywords].some((each) => each.startsWith('postern-')),
      ),
    ).toBe(false)
  })
})

describe.each(servers)('all that a search finds, like %s', (like) => {
  const even = (ids: readonly EmailId[]): EmailId[] => ids.filter((_, at) => at % 2 === 0)

  test('labelled: only what the server finds, shown where it has said so; Undo takes it off what had none', async () => {
    const ids = await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    bench.account.setKeywords(ids[2]!, { work: true })
    await bench.clock.advance(60_000)
    bench.client.faults = () => ({ lose: 'before' })
    const mutation = label(await found('lantern', even(ids).slice(0, 3)))
    await append(mutation)
    const labelled = (await bench.replica.emails(ids))
      .filter((email) => email?.keywords['work'])
      .map((email) => email!.id)
    expect(labelled).toEqual(even(ids).slice(0, 3))
    bench.client.faults = () => undefined
    await settle()
    // the answers in Sent have the word in their subjects
    expect(having('work')).toHaveLength(12 + 6)
    await undo(mutation)
    await settle()
    expect(having('work')).toEqual([ids[2]])
  })

  test.each([
    ['archive', () => ({ inbox: 12, archive: 18 })],
    ['trash', () => ({ inbox: 12, trash: 18, sent: 0 })],
    ['junk', () => ({ inbox: 12, junk: 18, sent: 0 })],
    ['mute', () => ({ inbox: 12, archive: 12, sent: 6 })],
    ['move', () => ({ inbox: 12, drafts: 12, sent: 6 })],
    ['copy', () => ({ inbox: 24, drafts: 12, sent: 6 })],
    ['snooze', () => ({ inbox: 12, snoozed: 12, sent: 6 })],
  ] as const)('to %s: found no more or passed over, and put back exactly', async (name, expected) => {
    const ids = await begin(24, { like, limits: { maxObjectsInSet: 5 } })
    // Drafts is a mailbox of what the reader wrote: here it is one like any other.
    const other = bench.account.mailboxByRole('drafts')!
    const before = states()
    const filing: Filing =
      name === 'move' || name === 'copy'
        ? { to: other.id as Mailbox['id'], isCopy: name === 'copy' }
        : name === 'snooze'
          ? { until: until() }
          : name
    const mutation = await file(filing, await found('lantern', even(ids)))
    await append(mutation)
    await settle()
    const counts = Object.keys(expected()).map((role) => [role, bench.account.mailboxByRole(role)?.emails.size])
    expect(Object.fromEntries(counts)).toEqual(expected())
    await undo(mutation)
    await settle()
    expect(states()).toEqual(before)
  })

  test('but what is left out, which the server goes on finding', async () => {
    const ids = await begin(24, { like, limits: { maxObjectsInSet: 2 } })
    const few = even(ids).slice(3, 6)
    const except = { emailIds: few, blobIds: few.map((id) => stored(id).blobId as BlobId) }
    await append(await file('trash', await found('lantern', even(ids), { except })))
    await settle()
    expect(inInbox()).toHaveLength(12 + 3)
    expect(few.every((id) => stored(id).mailboxIds.has(box('inbox')))).toBe(true)
  })
})

test.each([4_000, 40_000])(
  '%i messages muted, with answers of some, take as many requests as the server’s limit says',
  async (count) => {
    if (count > 4_000 && !process.env['ALL_40000']) return
    await begin(count, { limits: { maxObjectsInSet: 500, maxObjectsInGet: 500 }, keptMessages: count * 2 })
    await append(await file('mute', inbox()))
    await bench.clock.advance(60_000)
    expect([inInbox(), await bench.replica.outbox()]).toEqual([[], []])
    expect(bench.client.seen.length).toBeLessThanOrEqual(Math.floor((count / 500) * 1.1 + 5))
  },
  600_000,
)
