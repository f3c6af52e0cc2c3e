import { afterEach, describe, expect, test } from 'vitest'
import type { JmapResponse } from '../../src/jmap/client.ts'
import type { EmailId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
afterEach(() => bench.close())

describe('first sync', () => {
  test('brings the newest mail in one request', async () => {
    bench = await EngineBench.create()
    bench.fill(300)
    await bench.start()
    await bench.clock.settle()
    const beforeRows = bench.client.seen.findIndex(({ names }) => names.includes('Email/query'))
    expect(beforeRows).toBe(0)
    const inbox = bench.mailboxId('inbox')
    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox).slice(0, 99))
  })

  test('fills the account downwards and becomes ready', async () => {
    bench = await EngineBench.create()
    bench.fill(700)
    await bench.startAndSettle()
    const inbox = bench.mailboxId('inbox')
    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
    expect(bench.engine.status).toMatchObject({ phase: 'ready', backfill: 100 })
  })

  test('asks the Inbox alone when it is thin among the newest mail', async () => {
    bench = await EngineBench.create()
    bench.fill(60)
    const newest = bench.clock.now() - 60_000
    for (let i = 0; i < 200; i += 1) bench.deliver({ mailbox: bench.mailboxId('archive'), at: newest - i * 1000 })
    await bench.start()
    await bench.clock.settle()
    const inbox = bench.mailboxId('inbox')
    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
    expect(bench.client.seen.filter(({ names }) => names.includes('Email/query'))).toHaveLength(2)
  })

  // The code that looks for it asks before the pull does.
  test.each(['Email/changes', 'Mailbox/changes'])(
    'of an account that does not rest keeps no message that dies before %s',
    async (method) => {
      bench = await EngineBench.create()
      bench.fill(5)
      const { client, account } = bench
      const request = client.request.bind(client)
      let young: EmailId | undefined
      client.request = async (calls, options) => {
        if (young && account.emails.has(young) && calls.some(([name]) => name === method)) account.destroy(young)
        const at = calls.findIndex(([, , id]) => id === 'q')
        if (at < 1) return request(calls, options)
        // States and page are two requests, as where a server takes few calls in one.
        const states = await request(calls.slice(0, at), options)
        // Not in the Inbox, whose second look finds out.
        young = bench.deliver({ mailbox: bench.mailboxId('archive') })
        const page = await request(calls.slice(at), options)
        const partOf = (callId: string): JmapResponse => (states.all(callId).length > 0 ? states : page)
        return { ...page, all: (id) => partOf(id).all(id), result: (id) => partOf(id).result(id) }
      }
      await bench.startAndSettle()
      expect(young && account.emails.has(young)).toBe(false)
      expect(young && (await bench.replica.emails([young]))).toEqual([undefined])
      const inbox = bench.mailboxId('inbox')
      expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
    },
  )
})

describe('delta sync', () => {
  test('of one new message is one request of at most 8 kB', async () => {
    bench = await EngineBench.create({ like: 'stalwart' })
    bench.fill(120)
    const engine = await bench.startAndSettle()
    bench.client.seen.length = 0
    bench.deliver({ subject: 'New' })
    engine.didPush()
    await bench.clock.advance(500)
    const [request, ...rest] = bench.client.seen.filter(({ names }) => names.includes('Email/changes'))
    expect(rest).toEqual([])
    expect(request!.sent + request!.received).toBeLessThan(8_000)
    const inbox = bench.mailboxId('inbox')
    expect(await bench.list(inbox)).toEqual(bench.serverList(inbox))
  })
})
