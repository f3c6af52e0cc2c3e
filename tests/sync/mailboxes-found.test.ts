/** A new mailbox whose answer is lost is seen under the server's id before its row has its turn again: it is that one. */
import { afterEach, describe, expect, test } from 'vitest'
import { SetError } from '../../demo/server/errors.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import { createMailbox } from '../../src/mutations/create-mailbox.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const isMailboxSet = ([name]: readonly [string, ...unknown[]]): boolean => name === 'Mailbox/set'
const atServer = (): { id: string; name: string }[] =>
  [...bench.account.mailboxes.values()].filter(({ role }) => role === null)

async function act(mutation: Mutation): Promise<void> {
  await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

/** Nothing is sent of it meanwhile. */
async function seenAtLast(): Promise<MailboxId> {
  for (let ms = 0; ms < 60_000; ms += 50) {
    await bench.clock.advance(50)
    const trips = (await bench.replica.mailboxes()).filter(({ name }) => name === 'Trips')
    expect(trips).toHaveLength(1)
    if (trips[0] && trips[0].id === atServer()[0]?.id) return trips[0].id
  }
  throw new Error('it never came')
}

async function deletedHereAndByOthers(mailboxId: MailboxId): Promise<void> {
  bench.client.faults = (calls) => (calls.some(isMailboxSet) ? { lose: 'before' } : undefined)
  await act({ type: 'destroyMailbox', mailboxId, name: 'Trips', onDestroyRemoveEmails: true })
  bench.account.destroyMailbox(mailboxId)
  bench.client.faults = () => undefined
  await bench.clock.advance(120_000)
}

describe.each(['plain', 'stalwart', 'cyrus'] as const)('a mailbox found, like %s', (like) => {
  test('after the server forgot what changed is not made again once it is deleted here and by others', async () => {
    bench = await EngineBench.create({ like })
    await bench.startAndSettle()
    bench.client.faults = (calls) => (calls.some(isMailboxSet) ? { lose: 'after' } : undefined)
    await act(createMailbox('~~trips' as MailboxId, { name: 'Trips', parentId: null }))
    await bench.clock.advance(300)
    bench.account.forgetChanges()
    await deletedHereAndByOthers(await seenAtLast())
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer()).toEqual([])
  })

  test('that another device made while the server refused it for now is not made again, either', async () => {
    bench = await EngineBench.create({ like })
    await bench.startAndSettle()
    const make = bench.account.createMailbox.bind(bench.account)
    bench.account.createMailbox = () => {
      throw new SetError('serverUnavailable')
    }
    await act(createMailbox('~~trips' as MailboxId, { name: 'Trips', parentId: null }))
    await bench.clock.advance(60)
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'queued', attempts: 1 }])
    bench.account.createMailbox = make
    make({ name: 'Trips' })
    bench.engine.didPush()
    await deletedHereAndByOthers(await seenAtLast())
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer()).toEqual([])
  })

  test('that was known by another name is not taken for the new one, however often that was sent', async () => {
    bench = await EngineBench.create({ like })
    const old = bench.account.createMailbox({ name: 'Old' })
    await bench.startAndSettle()
    // Sent, it never arrives; meanwhile another device gives its name to one that is here.
    bench.client.faults = (calls) => (calls.some(isMailboxSet) ? { lose: 'before' } : undefined)
    await act(createMailbox('~~trips' as MailboxId, { name: 'Trips', parentId: null }))
    await bench.clock.advance(300)
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'queued', attempts: 1 }])
    bench.account.updateMailbox(old.id, { name: 'Trips' })
    bench.client.faults = () => undefined
    await bench.clock.advance(120_000)
    expect(await bench.replica.outbox()).toMatchObject([{ status: 'failed' }])
  })
})
