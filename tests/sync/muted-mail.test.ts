/** What comes into a muted conversation skips the Inbox: read, muted and archived by the leader, through the outbox. */
import { afterEach, describe, expect, test } from 'vitest'
import { SetError } from '../../demo/server/errors.ts'
import type { EmailId } from '../../src/jmap/types.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import { mailboxToMake } from '../../src/mutations/made-mailbox.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const at = (id: EmailId): { roles: (string | null)[]; keywords: string[] } => {
  const email = bench.account.living(id)
  return {
    roles: [...email.mailboxIds].map((each) => bench.account.mailboxes.get(each)?.role ?? null),
    keywords: [...email.keywords].sort(),
  }
}
const HUSHED = { roles: ['archive'], keywords: ['$muted', '$seen'] }

/** A conversation of one message, in the Inbox, and how it is answered. */
async function begin(options: BenchOptions = {}): Promise<EmailId> {
  bench = await EngineBench.create(options)
  if (!bench.account.mailboxByRole('archive')) bench.account.createMailbox({ name: 'Archive', role: 'archive' })
  bench.fill(4)
  const first = bench.deliver({ subject: 'Fence', messageId: 'fence@example.test', keywords: ['$seen'] })
  await bench.startAndSettle()
  return first
}
const answer = (): EmailId => bench.deliver({ subject: 'Re: Fence', references: ['fence@example.test'] })

async function pull(): Promise<void> {
  bench.engine.didPush()
  await bench.clock.advance(20_000)
}

async function set(id: EmailId, ...changes: readonly object[]): Promise<void> {
  const [email] = await bench.replica.emails([id])
  for (const change of changes)
    await bench.replica.appendMutation({ emailIds: [id], blobIds: [email!.blobId], ...change } as unknown as Mutation)
  bench.engine.pokeOutbox()
}
const mute = (id: EmailId): Promise<void> =>
  set(
    id,
    { type: 'setMailboxes', mailboxIds: { [bench.mailboxId('inbox')]: false, [bench.mailboxId('archive')]: true } },
    { type: 'setKeyword', keyword: '$muted', value: true },
  )

/** It comes into a muted conversation, and is pulled while nothing can be written to the outbox. */
async function answerThatCannotBePutAway(): Promise<{ reply: EmailId; mend: () => void }> {
  const first = await begin()
  await mute(first)
  await pull()
  const append = bench.replica.appendMutation.bind(bench.replica)
  bench.replica.appendMutation = () => Promise.reject(new Error('the disk is full'))
  const reply = answer()
  await pull()
  return { reply, mend: () => (bench.replica.appendMutation = append) }
}

/** It is still to be made, with the mute that waits in the outbox. */
async function muteWithoutArchive(): Promise<EmailId> {
  bench = await EngineBench.create({ like: 'stalwart' })
  bench.fill(4)
  const first = bench.deliver({ subject: 'Fence', messageId: 'fence@example.test', keywords: ['$seen'] })
  await bench.startAndSettle()
  const [email] = await bench.replica.emails([first])
  const named = { emailIds: [first], blobIds: [email!.blobId] }
  const make = mailboxToMake('archive', 'Archive')
  const mailboxIds = { [bench.mailboxId('inbox')]: false, [make.id]: true }
  await bench.replica.appendMutation({ type: 'setMailboxes', ...named, mailboxIds, make })
  await bench.replica.appendMutation({ type: 'setKeyword', ...named, keyword: '$muted', value: true })
  return first
}

describe.each(['plain', 'stalwart', 'cyrus'] as const)('mail of a muted conversation, like %s', (like) => {
  test('skips the Inbox, and what follows it, too', async () => {
    const first = await begin({ like })
    await mute(first)
    await pull()
    for (let count = 0; count < 3; count += 1) {
      const reply = answer()
      await pull()
      expect(at(reply)).toEqual(HUSHED)
    }
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('skips the Inbox though the server forgets what changed', async () => {
    await mute(await begin({ like }))
    await pull()
    const reply = answer()
    bench.account.forgetChanges()
    await pull()
    expect(at(reply)).toEqual(HUSHED)
  })
})

test('other mail stays, and so does that of a conversation that is muted no longer', async () => {
  const first = await begin()
  const other = bench.deliver({ subject: 'Other' })
  await mute(first)
  await pull()
  await set(first, { type: 'setKeyword', keyword: '$muted', value: false })
  const reply = answer()
  await pull()
  expect([at(other), at(reply)]).toEqual([
    { roles: ['inbox'], keywords: [] },
    { roles: ['inbox'], keywords: [] },
  ])
})

test('that came while nothing was open skips the Inbox with the next start', async () => {
  const first = await begin()
  await mute(first)
  await pull()
  bench.engine.stop()
  const reply = answer()
  expect(at(reply).roles).toEqual(['inbox'])
  await bench.startAndSettle()
  expect(at(reply)).toEqual(HUSHED)
})

test('that came just before the tab was closed skips the Inbox with the next start', async () => {
  const { reply, mend } = await answerThatCannotBePutAway()
  bench.engine.stop()
  mend()
  await bench.startAndSettle()
  expect(at(reply)).toEqual(HUSHED)
})

test('that could not be put away for now is put away after the next pull', async () => {
  const { reply, mend } = await answerThatCannotBePutAway()
  mend()
  await pull()
  expect(at(reply)).toEqual(HUSHED)
})

test('that came before the Archive of the first mute was made skips the Inbox once it is', async () => {
  const first = await muteWithoutArchive()
  const reply = answer()
  await pull()
  expect(at(reply).roles).toEqual(['inbox'])
  bench.engine.pokeOutbox()
  await bench.clock.advance(20_000)
  expect([at(first), at(reply)]).toEqual([HUSHED, HUSHED])
})

test('that came while the server refused to make an Archive skips the Inbox once it is made', async () => {
  const first = await muteWithoutArchive()
  const create = bench.account.createMailbox.bind(bench.account)
  bench.account.createMailbox = () => {
    throw new SetError('overQuota')
  }
  bench.engine.pokeOutbox()
  await bench.clock.advance(20_000)
  const reply = answer()
  await pull()
  const [refused] = await bench.replica.outbox()
  expect([refused?.status, at(reply).roles]).toEqual(['failed', ['inbox']])
  bench.account.createMailbox = create
  await bench.replica.retryMutation(refused!.id)
  bench.engine.pokeOutbox()
  await bench.clock.advance(20_000)
  expect([at(first), at(reply)]).toEqual([HUSHED, HUSHED])
})

test('that the reader puts back into the Inbox stays there', async () => {
  const first = await begin()
  await mute(first)
  await pull()
  const reply = answer()
  await pull()
  bench.account.move(reply, [bench.mailboxId('inbox')])
  bench.deliver({ subject: 'Other' })
  await pull()
  expect(at(reply).roles).toEqual(['inbox'])
})

test('which the server will not move is tried once, not with every mail', async () => {
  const first = await begin()
  await mute(first)
  await pull()
  bench.client.refuses = (name) => (name === 'Email/set' ? 'forbidden' : undefined)
  answer()
  await pull()
  const tried = bench.client.seen.filter(({ names }) => names.includes('Email/set')).length
  bench.deliver({ subject: 'Other' })
  await pull()
  expect(bench.client.seen.filter(({ names }) => names.includes('Email/set')).length).toBe(tried)
})
