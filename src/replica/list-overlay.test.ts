/** Lists with pending moves must read as lists whose base has moved: one replica has the intents, the other the result. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { Email, EmailId, MailboxId } from '../jmap/types.ts'
import type { EmailMutation } from '../mutations/mutation.ts'
import { MemoryReplica } from './memory/memory-replica.ts'
import { testClock } from './replica.contract.ts'
import { ARCHIVE, aMailbox, anEmail, aThread, INBOX, minute } from './testing/rows.ts'

const MAILBOXES = [INBOX, ARCHIVE, 'trash' as MailboxId]

class Dice {
  readonly #random
  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }
  below(n: number): number {
    return Math.floor(this.#random.next() * n)
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}

async function replicaOf(emails: readonly Email[], horizon: string | null | undefined): Promise<MemoryReplica> {
  const replica = new MemoryReplica({ clock: testClock(), random: seededRandom(1) })
  const epoch = await replica.claimEpoch()
  await replica.write({ epoch }, async (tx) => {
    await tx.putMailboxes(MAILBOXES.map((id) => aMailbox(id)))
    await tx.putEmails(emails)
    const idsOf = (id: string): EmailId[] => emails.flatMap((email) => (email.threadId === id ? [email.id] : []))
    await tx.putThreads([...new Set(emails.map((email) => email.threadId))].map((id) => aThread(id, ...idsOf(id))))
    if (horizon !== undefined) await tx.setHorizon({ scope: '*', after: horizon })
  })
  return replica
}

function randomEmails(dice: Dice, count: number): Email[] {
  return Array.from({ length: count }, (_, at) =>
    anEmail(`e${String(at)}`, {
      threadId: `t${String(dice.below(Math.ceil(count * 0.7)))}` as Email['threadId'],
      // equal dates are the hard case
      receivedAt: minute(dice.below(count / 2)),
      mailboxIds: Object.fromEntries([
        [dice.of(MAILBOXES), true],
        ...(dice.below(5) === 0 ? [[dice.of(MAILBOXES), true]] : []),
      ]) as Email['mailboxIds'],
    }),
  )
}

function randomMutation(dice: Dice, emails: readonly Email[]): EmailMutation {
  const some = [...new Set(Array.from({ length: 1 + dice.below(30) }, () => dice.of(emails)))]
  const ids = { emailIds: some.map(({ id }) => id), blobIds: some.map(({ blobId }) => blobId) }
  if (dice.below(5) === 0) return { type: 'destroyEmails', ...ids }
  const [from, to] = [dice.of(MAILBOXES), dice.of(MAILBOXES)]
  return { type: 'setMailboxes', ...ids, mailboxIds: { [from]: false, [to]: true } }
}

/** In plain words, without the overlay's own code. */
function applied(emails: readonly Email[], mutations: readonly EmailMutation[]): Email[] {
  const after = new Map(emails.map((email) => [email.id, email]))
  for (const mutation of mutations) {
    for (const id of mutation.emailIds) {
      const email = after.get(id)
      if (!email) continue
      if (mutation.type === 'destroyEmails') after.delete(id)
      if (mutation.type !== 'setMailboxes') continue
      const ids = new Set(Object.keys(email.mailboxIds))
      for (const [mailboxId, isIn] of Object.entries(mutation.mailboxIds)) {
        if (isIn) ids.add(mailboxId)
        else ids.delete(mailboxId)
      }
      after.set(id, {
        ...email,
        mailboxIds: Object.fromEntries([...ids].map((each) => [each, true])),
      })
    }
  }
  return [...after.values()]
}

test.each(Array.from({ length: 24 }, (_, seed) => seed))('reads as if it had happened, seed %i', async (seed) => {
  const dice = new Dice(seed)
  const emails = randomEmails(dice, dice.of([12, 80, 1500]))
  const mutations = Array.from({ length: 1 + dice.below(6) }, () => randomMutation(dice, emails))
  const horizon = dice.of([null, undefined, minute(dice.below(emails.length / 2))])
  const [pending, moved] = await Promise.all([
    replicaOf(emails, horizon),
    replicaOf(applied(emails, mutations), horizon),
  ])
  for (const mutation of mutations) await pending.appendMutation(mutation)
  for (const mailboxId of MAILBOXES) {
    const query = { mailboxId }
    for (const [from, count] of [
      [0, 50],
      [0, 3000],
      ...Array.from({ length: 8 }, () => [dice.below(1600), dice.below(90)]),
    ] as [number, number][]) {
      const [seen, wanted] = await Promise.all([
        pending.listWindow(query, from, count),
        moved.listWindow(query, from, count),
      ])
      expect(seen.rows).toEqual(wanted.rows)
      expect([seen.covered, seen.isComplete]).toEqual([wanted.covered, wanted.isComplete])
    }
    const ids = emails.map(({ id }) => id)
    expect(await pending.rows(query, ids)).toEqual(await moved.rows(query, ids))
    expect(await pending.islands(query, 40)).toEqual(await moved.islands(query, 40))
    for (const threadId of new Set(Array.from({ length: 25 }, () => dice.of(emails).threadId)))
      expect(await pending.positionOf(query, threadId)).toBe(await moved.positionOf(query, threadId))
  }
  const thread = dice.of(emails).threadId
  expect(await pending.thread(thread)).toEqual(await moved.thread(thread))
})
