/** The invariant of lists: whatever is written, in whatever order, they are what a naive look at all Emails gives. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Email, EmailId, MailboxId, Thread } from '../../jmap/types.ts'
import { compareNewestFirst } from '../../mail/compare.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { Replica, WriteTx } from '../replica.ts'
import { testClock, type TestClock } from '../replica.contract.ts'
import { anEmail, aThread, eid, minute, tid } from './rows.ts'

const MAILBOXES = ['m0', 'm1', 'm2'] as MailboxId[]
const anIndex = fc.nat({ max: 29 })

type Step =
  | {
      readonly op: 'put'
      readonly email: number
      readonly thread: number
      readonly minute: number
      readonly in: number[]
    }
  | { readonly op: 'patch'; readonly email: number; readonly thread: number | undefined; readonly in: number[] }
  | { readonly op: 'destroy' | 'revive'; readonly email: number }
  | { readonly op: 'rekey'; readonly email: number; readonly alive: number }
  | { readonly op: 'thread'; readonly thread: number; readonly emails: number[] }
  | { readonly op: 'threadGone'; readonly thread: number }

const aThreadIndex = fc.nat({ max: 7 })
const someMailboxes = fc.uniqueArray(fc.nat({ max: 2 }))
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    // Few minutes, so that equal dates are common.
    arbitrary: fc.record({
      op: fc.constant('put' as const),
      email: anIndex,
      thread: aThreadIndex,
      minute: fc.nat({ max: 9 }),
      in: someMailboxes,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('patch' as const),
      email: anIndex,
      thread: fc.option(aThreadIndex, { nil: undefined }),
      in: someMailboxes,
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('destroy' as const, 'revive' as const), email: anIndex }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('rekey' as const), email: anIndex, alive: anIndex }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('thread' as const),
      thread: aThreadIndex,
      emails: fc.uniqueArray(anIndex, { maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('threadGone' as const), thread: aThreadIndex }) },
)

/** The same steps on plain maps. */
class Model {
  readonly emails = new Map<EmailId, Email>()
  readonly threads = new Map<string, Thread>()
  readonly tombstones = new Set<EmailId>()

  async apply(step: Step, tx: WriteTx): Promise<void> {
    switch (step.op) {
      case 'put': {
        const email = anEmail(`e${step.email}`, {
          threadId: tid(`t${step.thread}`),
          receivedAt: minute(step.minute),
          in: mailboxesOf(step.in),
        })
        await tx.putEmails([email])
        if (!this.tombstones.has(email.id)) this.emails.set(email.id, email)
        return
      }
      case 'patch': {
        const id = eid(`e${step.email}`)
        const { mailboxIds } = anEmail('any', { in: mailboxesOf(step.in) })
        const moved = step.thread === undefined ? {} : { threadId: tid(`t${step.thread}`) }
        const old = this.emails.get(id)
        expect(await tx.patchEmail(id, { keywords: {}, mailboxIds, ...moved })).toBe(old !== undefined)
        if (old) this.emails.set(id, { ...old, keywords: {}, mailboxIds, ...moved })
        return
      }
      case 'destroy':
        await tx.destroyEmails([eid(`e${step.email}`)])
        this.emails.delete(eid(`e${step.email}`))
        this.tombstones.add(eid(`e${step.email}`))
        return
      case 'revive':
        await tx.reviveEmails([eid(`e${step.email}`)])
        this.tombstones.delete(eid(`e${step.email}`))
        return
      case 'rekey':
        await tx.rekeyEmail(eid(`e${step.email}`), eid(`e${step.alive}`))
        return
      case 'thread': {
        const thread = aThread(`t${step.thread}`, ...step.emails.map((index) => `e${index}`))
        await tx.putThreads([thread])
        this.threads.set(thread.id, thread)
        return
      }
      case 'threadGone':
        await tx.destroyThreads([tid(`t${step.thread}`)])
        this.threads.delete(tid(`t${step.thread}`))
    }
  }

  rows(mailboxId: MailboxId): ThreadRow[] {
    const newestFirst = [...this.emails.values()].sort(compareNewestFirst)
    const seen = new Set<string>()
    return newestFirst.flatMap((email) => {
      if (!(mailboxId in email.mailboxIds) || seen.has(email.threadId)) return []
      seen.add(email.threadId)
      const messages = newestFirst.filter((other) => other.threadId === email.threadId).reverse()
      const count = Math.max(messages.length, this.threads.get(email.threadId)?.emailIds.length ?? 0)
      const { threadId, receivedAt, subject, preview, hasAttachment, isBulk } = email
      return {
        ...{
          mailboxId,
          threadId,
          emailId: email.id,
          receivedAt,
          subject,
          preview,
          to: [],
          hasAttachment,
          isBulk,
          count,
        },
        messages: messages.map(({ id, blobId, receivedAt: at, from, keywords, mailboxIds }) => {
          return { id, blobId, receivedAt: at, from: from?.[0] ?? null, keywords, mailboxIds }
        }),
      }
    })
  }
}

function mailboxesOf(indexes: readonly number[]): MailboxId[] {
  return indexes.map((index) => `m${index}` as MailboxId)
}

export function entriesProperty(name: string, factory: (clock: TestClock) => Promise<Replica>, numRuns: number): void {
  describe(`${name}: lists follow rows`, () => {
    it('whatever is written', { timeout: 60_000 }, async () => {
      const transactions = fc.array(fc.array(aStep, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(transactions, async (steps) => {
          const replica = await factory(testClock())
          const epoch = await replica.claimEpoch()
          const model = new Model()
          for (const transaction of steps) {
            await replica.write({ epoch }, async (tx) => {
              for (const step of transaction) await model.apply(step, tx)
            })
            await replica.write({ epoch }, (tx) => tx.setHorizon({ scope: '*', after: null }))
            for (const mailboxId of MAILBOXES) await expectList(replica, mailboxId, model.rows(mailboxId))
          }
          replica.close()
        }),
        { numRuns },
      )
    })

    it('in a list long enough to be cut into runs', { timeout: 60_000 }, async () => {
      const replica = await factory(testClock())
      const epoch = await replica.claimEpoch()
      const [mailboxId] = MAILBOXES as [MailboxId]
      const emails = Array.from({ length: 1500 }, (_, index) =>
        // 7 and 1500 share no divisor: every minute once, in no order.
        anEmail(`e${index}`, { receivedAt: minute((index * 7) % 1500), in: [mailboxId] }),
      )
      for (let start = 0; start < emails.length; start += 300) {
        await replica.write({ epoch }, (tx) => tx.putEmails(emails.slice(start, start + 300)))
      }
      await replica.write({ epoch }, async (tx) => {
        await tx.destroyEmails(emails.filter((_, index) => index % 3 === 0).map((email) => email.id))
        await tx.setHorizon({ scope: '*', after: minute(300) })
      })
      const left = emails.filter((_, index) => index % 3 !== 0).sort(compareNewestFirst)
      const covered = left.filter((email) => email.receivedAt > minute(300)).length
      for (const from of [0, 1, 255, 256, 257, 511, 600, covered - 3, covered, 5000]) {
        const window = await replica.listWindow({ mailboxId }, from, 10)
        expect(window.covered).toBe(covered)
        expect(window.rows.map((row) => row.emailId)).toEqual(
          left.slice(from, Math.min(from + 10, covered)).map((email) => email.id),
        )
        const first = window.rows[0]
        if (first) expect(await replica.positionOf({ mailboxId }, first.threadId)).toBe(from)
      }
      replica.close()
    })
  })
}

async function expectList(replica: Replica, mailboxId: MailboxId, rows: readonly ThreadRow[]): Promise<void> {
  const window = await replica.listWindow({ mailboxId }, 0, 100)
  expect(window.rows).toEqual(rows)
  expect(window.covered).toBe(rows.length)
  for (const [index, row] of rows.entries()) {
    expect(await replica.positionOf({ mailboxId }, row.threadId)).toBe(index)
    expect((await replica.listWindow({ mailboxId }, index, 1)).rows).toEqual([row])
  }
}
