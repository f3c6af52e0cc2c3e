import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MailboxId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'
import { AFTER_MIDNIGHT } from '../support/james-manners.ts'

let bench: EngineBench
beforeEach(async () => {
  bench = await EngineBench.create({ keptMessages: 150 })
  bench.client.isJames = true
})
afterEach(() => bench.close())

test('lists, threads and changes are right without Thread/changes, queryChanges, total and anchors', async () => {
  const ids = bench.fill(100)
  const engine = await bench.startAndSettle()
  const inbox = bench.mailboxId('inbox')
  expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))

  const first = bench.deliver({ subject: 'Talk', messageId: 'talk@example.test', at: bench.clock.now() - 5_000 })
  bench.deliver({ subject: 'Re: Talk', references: ['talk@example.test'] })
  bench.account.destroy(ids[50]!)
  bench.account.move(ids[60]!, [bench.mailboxId('archive')])
  engine.didPush()
  await bench.clock.advance(15_000)
  expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
  const [row] = await bench.replica.emails([first])
  expect((await bench.replica.thread(row!.threadId))?.thread.emailIds).toHaveLength(2)
  expect(engine.status.phase).toBe('ready')
})

test('a window without collapsing shows each thread once, without a total', async () => {
  bench.fill(300)
  for (let i = 0; i < 3; i += 1) {
    const references = i === 0 ? [] : ['old@example.test']
    const at = bench.clock.now() - 7_200_000_00 + i * 1000
    bench.deliver({
      subject: i === 0 ? 'Old' : 'Re: Old',
      messageId: i === 0 ? 'old@example.test' : `o${i}@x.test`,
      references,
      at,
    })
  }
  const engine = await bench.startAndSettle()
  const mailboxId = bench.mailboxId('inbox')
  const [window] = await Promise.all([
    engine.fetchWindow({ query: { mailboxId }, position: 295, limit: 10 }),
    bench.clock.advance(1_000),
  ])
  expect(window.total).toBeUndefined()
  expect(new Set(window.threadIds).size).toBe(window.threadIds.length)
  const rows = await bench.replica.rows({ mailboxId }, window.emailIds)
  expect(rows.every((row) => row !== undefined)).toBe(true)
})

test('an anchor that the server does not know is told as such, and not asked again', async () => {
  const [anchor] = bench.fill(20)
  const engine = await bench.startAndSettle()
  const mailboxId = bench.mailboxId('inbox')
  const ask = async (): Promise<unknown> => {
    const [answer] = await Promise.all([
      engine.fetchWindow({ query: { mailboxId }, anchor: anchor!, limit: 10 }).catch((error: unknown) => error),
      bench.clock.advance(1_000),
    ])
    return answer
  }
  expect(await ask()).toEqual({ kind: 'anchorNotFound' })
  const asked = bench.client.seen.length
  expect(await ask()).toEqual({ kind: 'anchorNotFound' })
  expect(bench.client.seen.length).toBe(asked)
})

test('what a server without totals holds is kept whole, since no window can show it', async () => {
  bench.fill(600)
  const engine = await bench.startAndSettle()
  const mailboxId = bench.mailboxId('inbox')
  expect((await bench.replica.listWindow({ mailboxId }, 0, 1000)).isComplete).toBe(false)
  await Promise.all([
    engine.fetchWindow({ query: { mailboxId }, position: 550, limit: 50 }),
    bench.clock.advance(60_000),
  ])
  expect((await bench.replica.listWindow({ mailboxId }, 0, 1000)).isComplete).toBe(true)
  expect(await bench.list(mailboxId)).toEqual(bench.serverList(mailboxId))
})

test('mail that went with its mailbox is gone here too, from its conversations as well, though nobody said so', async () => {
  const engine = await bench.startAndSettle()
  const mailbox = bench.account.createMailbox({ name: 'Short-lived' }).id
  const messageId = 'talk@example.test'
  const stays = bench.deliver({ subject: 'Talk', messageId })
  const goes = bench.deliver({ subject: 'Re: Talk', references: [messageId], mailbox })
  const both = bench.deliver({ subject: 'In both', mailbox })
  engine.didPush()
  await bench.clock.advance(15_000)
  expect(await bench.list(mailbox as MailboxId)).toEqual([both, goes])

  bench.client.untold.add(goes)
  bench.account.move(both, [bench.mailboxId('inbox')])
  bench.account.destroy(goes)
  bench.account.destroyMailbox(mailbox)
  engine.didPush()
  await bench.clock.advance(15_000)
  expect(await bench.knownIds()).toEqual(expect.arrayContaining([stays, both]))
  expect(await bench.knownIds()).not.toContain(goes)
  const [row] = await bench.replica.emails([stays])
  expect((await bench.replica.thread(row!.threadId))?.thread.emailIds).toEqual([stays])
  expect(await bench.list(bench.mailboxId('inbox'))).toEqual(bench.serverList(bench.mailboxId('inbox')))
})

test('what no page by date finds is found by position, since the mailboxes count more than came', async () => {
  bench.close()
  bench = await EngineBench.create()
  bench.client.isJames = true
  bench.fill(620)
  const hidden = Array.from({ length: 6 }, (_, index) =>
    bench.deliver({ keywords: [AFTER_MIDNIGHT], at: bench.clock.now() - (400 + index) * 60_000 - 30_000 }),
  )
  await bench.startAndSettle()
  await bench.clock.advance(60_000)
  const inbox = bench.mailboxId('inbox')
  expect((await bench.replica.listWindow({ mailboxId: inbox }, 0, 1)).isComplete).toBe(true)
  expect(await bench.knownIds()).toHaveLength(626)
  expect(await bench.replica.emails(hidden)).not.toContain(undefined)
})

test('where the mailboxes count what is here, nothing is asked by position', async () => {
  bench.close()
  bench = await EngineBench.create()
  bench.fill(400)
  await bench.startAndSettle()
  await bench.clock.advance(60_000)
  expect(await bench.knownIds()).toHaveLength(400)
  expect(bench.client.seen.filter(({ calls }) => calls.some(([, args]) => 'position' in args))).toEqual([])
})
