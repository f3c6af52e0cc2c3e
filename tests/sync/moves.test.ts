/** Moves and deaths of Emails, from the intent to the server and back. */
import { afterEach, describe, expect, test } from 'vitest'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

async function intend(ids: readonly EmailId[], change: Record<MailboxId, boolean> | 'destroy'): Promise<void> {
  const emails = await bench.replica.emails(ids)
  const on = { emailIds: ids, blobIds: emails.map((email) => email!.blobId) }
  const mutation: Mutation =
    change === 'destroy' ? { type: 'destroyEmails', ...on } : { type: 'setMailboxes', ...on, mailboxIds: change }
  await bench.replica.appendMutation(mutation)
  bench.engine.pokeOutbox()
}

const away = (from: string, to: string): Record<MailboxId, boolean> => ({
  [bench.mailboxId(from)]: false,
  [bench.mailboxId(to)]: true,
})

async function listed(role: string): Promise<string[]> {
  return (await bench.replica.listWindow({ mailboxId: bench.mailboxId(role) }, 0, 50)).rows.map((row) => row.emailId)
}

async function counts(role: string): Promise<readonly number[]> {
  const mailbox = (await bench.replica.mailboxes()).find(({ id }) => id === bench.mailboxId(role))!
  return [mailbox.totalEmails, mailbox.unreadEmails, mailbox.totalThreads, mailbox.unreadThreads]
}

const atServer = (id: EmailId): string[] => [...bench.account.living(id).mailboxIds]

describe.each(['plain', 'stalwart', 'cyrus'] as const)('moves, like %s', (like) => {
  test('show at once in lists and counts, and stay there when the server has them', async () => {
    bench = await EngineBench.create({ like })
    const ids = bench.fill(6)
    await bench.startAndSettle()
    const before = await listed('inbox')
    const totals = [await counts('inbox'), await counts('trash')]
    bench.client.faults = () => ({ delayAfter: 1_000 })
    await intend([ids[2]!, ids[4]!], away('inbox', 'trash'))
    const shown = [await listed('inbox'), await listed('trash'), await counts('inbox'), await counts('trash')]
    expect(shown[0]).toEqual(before.filter((id) => id !== ids[2] && id !== ids[4]))
    expect(shown[1]).toEqual(before.filter((id) => id === ids[2] || id === ids[4]))
    expect(shown[3]![0]).toBe(Number(totals[1]![0]) + 2)
    const seen: unknown[] = []
    bench.replica.subscribe(() => void listed('inbox').then((rows) => seen.push(rows)))
    await bench.clock.advance(15_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(atServer(ids[2]!)).toEqual([bench.mailboxId('trash')])
    expect([await listed('inbox'), await listed('trash'), await counts('inbox'), await counts('trash')]).toEqual(shown)
    // neither row came back for a moment in between
    for (const rows of seen) expect(rows).toEqual(shown[0])
  })

  test('and their inverse, before the first was sent, leave all as it was', async () => {
    bench = await EngineBench.create({ like })
    const ids = bench.fill(4)
    await bench.startAndSettle()
    const before = [await listed('inbox'), await counts('inbox'), await counts('trash')]
    let isDown = true
    bench.client.faults = () => (isDown ? { lose: 'before' } : undefined)
    await intend([ids[1]!], away('inbox', 'trash'))
    await intend([ids[1]!], away('trash', 'inbox'))
    expect([await listed('inbox'), await counts('inbox'), await counts('trash')]).toEqual(before)
    isDown = false
    await bench.clock.advance(60_000)
    expect(atServer(ids[1]!)).toEqual([bench.mailboxId('inbox')])
    expect([await listed('inbox'), await counts('inbox'), await counts('trash')]).toEqual(before)
  })

  test('for ever: gone at once, and at the server; what is gone already is no failure', async () => {
    bench = await EngineBench.create({ like })
    const ids = bench.fill(4)
    const engine = await bench.startAndSettle()
    bench.client.faults = () => ({ delayBefore: 1_000 })
    await intend([ids[0]!, ids[1]!], 'destroy')
    expect(await listed('inbox')).not.toContain(ids[0])
    expect(await bench.replica.emails([ids[0]!])).toEqual([undefined])
    bench.account.destroy(ids[1]!)
    await bench.clock.advance(15_000)
    expect(await bench.replica.outbox()).toEqual([])
    expect(engine.status).toMatchObject({ failed: 0, outbox: 0 })
    expect(bench.account.emails.has(ids[0]!)).toBe(false)
  })

  test('a mark and a death of the same Email are sent one after the other', async () => {
    bench = await EngineBench.create({ like })
    const ids = bench.fill(3)
    const engine = await bench.startAndSettle()
    let isDown = true
    bench.client.faults = () => (isDown ? { lose: 'before' } : undefined)
    await intend([ids[0]!, ids[1]!], away('inbox', 'trash'))
    await intend([ids[0]!], 'destroy')
    isDown = false
    await bench.clock.advance(60_000)
    expect(engine.status).toMatchObject({ failed: 0, outbox: 0 })
    expect(bench.account.emails.has(ids[0]!)).toBe(false)
    expect(atServer(ids[1]!)).toEqual([bench.mailboxId('trash')])
  })
})
