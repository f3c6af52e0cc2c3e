/** A mailbox that was deleted and is made again before either has arrived: two at the server, one id of ours. */
import { afterEach, expect, test } from 'vitest'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import { createMailbox, inverseOfCreateMailbox } from '../../src/mutations/create-mailbox.ts'
import type { SetMailboxes } from '../../src/mutations/mutation.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

const ID = '~~trips' as MailboxId
const TRIPS = createMailbox(ID, { name: 'Trips', parentId: null })

async function put(id: EmailId, mailboxIds: SetMailboxes['mailboxIds']): Promise<void> {
  const [email] = await bench.replica.emails([id])
  await bench.replica.appendMutation({ type: 'setMailboxes', emailIds: [id], blobIds: [email!.blobId], mailboxIds })
}

test.each(['plain', 'stalwart', 'cyrus'] as const)(
  'has what was put there since, and nothing of what went with the first, like %s',
  async (like) => {
    bench = await EngineBench.create({ like })
    const [old, young, copy] = bench.fill(3) as [EmailId, EmailId, EmailId]
    await bench.startAndSettle()
    const inbox = bench.mailboxId('inbox')
    bench.client.faults = () => ({ lose: 'before' })
    await bench.replica.appendMutation(TRIPS)
    await put(old, { [inbox]: false, [ID]: true })
    await put(copy, { [ID]: true })
    await bench.replica.appendMutation({
      type: 'destroyMailbox',
      mailboxId: ID,
      name: 'Trips',
      onDestroyRemoveEmails: true,
    })
    // its making is taken back, and done again
    await bench.replica.appendMutation(inverseOfCreateMailbox(TRIPS))
    await bench.replica.appendMutation(TRIPS)
    await put(young, { [ID]: true })

    const shown = await bench.replica.emails([old, young, copy])
    expect(shown.map((email) => email && Object.keys(email.mailboxIds))).toEqual([undefined, [inbox, ID], [inbox]])
    expect(await bench.list(ID)).toEqual([young])
    expect((await bench.replica.mailboxes()).filter(({ name }) => name === 'Trips')).toMatchObject([
      { id: ID, totalEmails: 1 },
    ])

    await bench.comeOnline()
    expect(await bench.replica.outbox()).toEqual([])
    const trips = [...bench.account.mailboxes.values()].find(({ name }) => name === 'Trips')
    expect([...(trips?.emails ?? [])].map(({ id }) => id)).toEqual([young])
    expect(bench.account.emails.has(old)).toBe(false)
    expect((await bench.replica.emails([young]))[0]?.mailboxIds).toEqual({ [inbox]: true, [trips!.id]: true })
  },
)
