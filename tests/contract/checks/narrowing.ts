/** RFC 8621 §4.4: the filters and sorts of lists, as Postern asks for them. All checks ask about the same few messages. */
import type { MailboxId } from '../../../src/jmap/types.ts'
import { FLAGGED } from '../../../src/mail/list.ts'
import { toFilter, toSort } from '../../../src/mail/narrowing.ts'
import type { Check } from '../check.ts'
import { equal, type Json, type Target } from '../target.ts'

const TO = 'shop@contract.test'

async function seed(t: Target) {
  const name = `Narrow ${String(Date.now())}${String(Math.random()).slice(2, 8)}`
  const made = await t.call('Mailbox/set', {
    create: { b: { name, parentId: t.mailboxId }, o: { name: `${name} other`, parentId: t.mailboxId } },
  })
  const boxOf = (key: string): string => String((made['created'] as Record<string, { id: string }>)[key]?.id)
  const [box, other] = [boxOf('b'), boxOf('o')]
  const mail = (hour: number, more: Partial<Parameters<Target['importMail']>[0]> & { subject: string }) =>
    t.importMail({
      mailboxIds: { [box]: true },
      receivedAt: `2026-01-01T0${String(hour)}:00:00Z`,
      keywords: { $seen: true },
      ...more,
    })
  const root = `n.${name.replaceAll(' ', '.')}@contract.test`
  const ids = {
    // The letters are the order of their subjects, names and sizes, which is not that of their dates.
    c: await mail(1, { subject: 'Cedar', from: 'Cid <x@contract.test>', body: 'c'.repeat(9_000), keywords: {} }),
    a: await mail(2, { subject: 'Ash', from: 'Ann <z@contract.test>', attachment: 'a,b', messageId: root }),
    d: await mail(3, {
      subject: 'Damson',
      from: 'Dan <w@contract.test>',
      body: 'd'.repeat(20_000),
      keywords: { $flagged: true },
      to: `Shop <${TO}>`,
    }),
    // The conversation of the first with A for its subject.
    b: await mail(4, {
      subject: 'Re: Ash',
      from: 'Bob <y@contract.test>',
      body: 'b'.repeat(4_000),
      keywords: { $flagged: true },
      inReplyTo: root,
    }),
    elsewhere: await mail(5, { subject: 'Elm', keywords: { $flagged: true }, mailboxIds: { [other]: true } }),
  }
  return { box, other, ids }
}

const seeds = new WeakMap<Target, ReturnType<typeof seed>>()

type Name = keyof Awaited<ReturnType<typeof seed>>['ids']

/** What a list that is narrowed so has, from its top; `others` are the mailboxes that Flagged passes over. */
async function listed(t: Target, narrow: string, expected: readonly Name[], more: Json = {}): Promise<void> {
  const seeded = seeds.get(t) ?? seed(t)
  seeds.set(t, seeded)
  const { box, ids } = await seeded
  const query = { mailboxId: box as MailboxId, narrow }
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]))
  const args = { filter: toFilter(query, []), sort: toSort(query), calculateTotal: true, ...more }
  const answered = async (): Promise<unknown[]> => {
    const answer = await t.call('Email/query', args)
    return [...(answer['ids'] as readonly string[]).map((id) => names.get(id) ?? 'stranger'), answer['total']]
  }
  const wanted = [...expected, expected.length]
  equal(await t.eventually(answered, (found) => JSON.stringify(found) === JSON.stringify(wanted)), wanted, narrow)
}

export const narrowings: readonly Check[] = [
  {
    name: 'lists: unread, flagged, with attachments, and two of them',
    run: async (t) => {
      await listed(t, '', ['b', 'd', 'a', 'c'])
      await listed(t, 'filter=unread', ['b', 'd', 'c'])
      await listed(t, 'filter=flagged', ['b', 'd'])
      await listed(t, 'filter=attachment', ['a'])
      await listed(t, 'filter=unread,flagged', ['b', 'd'])
      await listed(t, 'filter=unread,attachment', [])
    },
  },
  {
    name: 'lists: written to an address, and unread besides',
    run: async (t) => {
      await listed(t, `to=${TO}`, ['d'])
      await listed(t, `filter=flagged&to=${TO}`, ['d'])
      await listed(t, `filter=attachment&to=${TO}`, [])
    },
  },
  {
    name: 'lists: by date, sender, subject and size, both ways',
    run: async (t) => {
      await listed(t, 'sort=receivedAt', ['c', 'a', 'd', 'b'])
      await listed(t, 'sort=from', ['a', 'b', 'c', 'd'])
      await listed(t, 'sort=-from', ['d', 'c', 'b', 'a'])
      await listed(t, 'sort=size', ['a', 'b', 'c', 'd'])
      await listed(t, 'sort=-size', ['d', 'c', 'b', 'a'])
      await listed(t, 'filter=unread&sort=-size', ['d', 'c', 'b'])
    },
  },
  {
    name: 'lists: by subject an answer stands where its question does, newest first',
    run: async (t) => {
      await listed(t, 'sort=subject', ['b', 'a', 'c', 'd'])
      await listed(t, 'sort=-subject', ['d', 'c', 'b', 'a'])
    },
  },
  {
    name: 'lists: collapsed, the first in the order that matches stands for its conversation, and is counted once',
    run: async (t) => {
      const collapsed = { collapseThreads: true }
      await listed(t, '', ['b', 'd', 'c'], collapsed)
      await listed(t, 'filter=attachment', ['a'], collapsed)
      await listed(t, 'sort=receivedAt', ['c', 'a', 'd'], collapsed)
      await listed(t, 'sort=-size', ['d', 'c', 'b'], collapsed)
      await listed(t, 'filter=unread', ['b', 'd', 'c'], { collapseThreads: false })
    },
  },
  {
    name: 'lists: flagged in any mailbox but those that are passed over',
    run: async (t) => {
      const { box, other } = await (seeds.get(t) ?? seed(t))
      const flagged = { mailboxId: FLAGGED }
      const among = (passedOver: readonly string[], inBox: string): Json => {
        const condition = toFilter(flagged, passedOver as MailboxId[])
        return { operator: 'AND', conditions: [condition, { inMailbox: inBox }] }
      }
      await listed(t, '', ['b', 'd'], { filter: among([other], box) })
      await listed(t, '', ['elsewhere'], { filter: among([box], other) })
      await listed(t, '', [], { filter: among([other], other) })
    },
  },
]
