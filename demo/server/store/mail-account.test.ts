import { describe, expect, it } from 'vitest'
import { seededRandom } from '../seeded-random.ts'
import { mail, TestClient } from '../test-client.ts'
import { countThread, isUnread } from './mailboxes.ts'
import type { MailAccount } from './mail-account.ts'

/** Counted from nothing, to compare with what was kept up to date. */
function recounted(account: MailAccount): Record<string, number[]> {
  const trashId = account.mailboxByRole('trash')?.id ?? null
  const counts: Record<string, number[]> = {}
  for (const id of account.mailboxes.keys()) counts[id] = [0, 0, 0, 0]
  const add = (id: string, index: number, by: number): void => {
    const own = counts[id]!
    own[index] = own[index]! + by
  }
  for (const email of account.emails.values()) {
    for (const id of email.mailboxIds) {
      add(id, 0, 1)
      if (isUnread(email)) add(id, 1, 1)
    }
  }
  for (const thread of account.threads.values()) {
    for (const [id, unread] of countThread(thread, trashId)) {
      add(id, 2, 1)
      if (unread) add(id, 3, 1)
    }
  }
  return counts
}

function kept(account: MailAccount): Record<string, number[]> {
  return Object.fromEntries(
    [...account.mailboxes.values()].map((mailbox) => [
      mailbox.id,
      [mailbox.totalEmails, mailbox.unreadEmails, mailbox.totalThreads, mailbox.unreadThreads],
    ]),
  )
}

describe('MailAccount', () => {
  it.each(['plain', 'stalwart', 'cyrus'] as const)('keeps counts that a recount confirms (%s)', (like) => {
    const { account } = new TestClient({ like })
    const random = seededRandom(7)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!
    for (let step = 0; step < 400; step += 1) {
      const emails = [...account.emails.values()]
      const mailboxes = [...account.mailboxes.keys()]
      const roll = random.next()
      if (roll < 0.4 || emails.length < 3) {
        const subject = `Subject ${Math.floor(random.next() * 4)}`
        const ids = Array.from({ length: 2 }, () => `m${Math.floor(random.next() * 40)}`)
        account.deliver(mail({ subject, id: `m${step}`, inReplyTo: ids }), { mailboxIds: [pick(mailboxes)] })
      } else if (roll < 0.6)
        account.setKeywords(pick(emails).id, { [pick(['$seen', '$draft', '$flagged'])]: random.next() < 0.5 })
      else if (roll < 0.8) account.move(pick(emails).id, new Set([pick(mailboxes), pick(mailboxes)]))
      else if (roll < 0.95) account.destroy(pick(emails).id)
      else if (account.threads.size > 1) {
        const [first, second] = [...account.threads.keys()]
        account.mergeThreads([first!, second!])
      }
      if (step % 10 !== 0) continue
      expect(kept(account)).toEqual(recounted(account))
      for (const email of account.emails.values()) expect(account.threads.get(email.thread.id)?.emails).toContain(email)
    }
  })

  it('does not call a thread unread for what lies in the Trash (RFC 8621 §2)', () => {
    const { account } = new TestClient()
    const inbox = account.mailboxByRole('inbox')!
    const trash = account.mailboxByRole('trash')!
    account.deliver(mail({ id: 'a' }), { keywords: ['$seen'] })
    account.deliver(mail({ id: 'b', inReplyTo: ['a'] }), { mailboxIds: [trash.id] })
    expect(inbox.unreadThreads).toBe(0)
    expect(trash.unreadThreads).toBe(1)
  })

  it('threads by ids and subject, not by ids alone', () => {
    const { account } = new TestClient()
    const first = account.deliver(mail({ id: 'a', subject: 'Boat' }))
    const reply = account.deliver(mail({ id: 'b', inReplyTo: ['a'], subject: 'Re: Boat' }))
    const other = account.deliver(mail({ id: 'c', inReplyTo: ['a'], subject: 'Something else' }))
    expect(reply.thread).toBe(first.thread)
    expect(other.thread).not.toBe(first.thread)
  })

  it('makes a thread of messages with one threadKey, without their MIME', () => {
    const { account } = new TestClient()
    const raw = (): never => {
      throw new Error('made without need')
    }
    const base = { from: null, to: null, subject: 'x', preview: 'p', size: 1, threadKey: 'k', raw }
    const [one, two] = [account.addLazy(base), account.addLazy({ ...base, subject: 'y' })]
    expect(one.thread).toBe(two.thread)
  })

  it('imports 20,000 lazy messages in less than 6 s', () => {
    const { account } = new TestClient()
    const start = performance.now()
    account.transact(() => {
      for (let index = 0; index < 20_000; index += 1) {
        account.addLazy({
          ...{ from: [{ name: 'A', email: 'a@x.test' }], to: null, subject: `S ${index}`, preview: 'p', size: 10 },
          ...{ threadKey: String(index >> 2), receivedAt: 1e12 + index * 1000, raw: () => mail() },
        })
      }
    })
    expect(performance.now() - start).toBeLessThan(6000)
    expect(account.mailboxByRole('inbox')?.totalThreads).toBe(5000)
  })
})
