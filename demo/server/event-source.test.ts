import { describe, expect, it } from 'vitest'
import { ALICE, BOB, mail, TestClient } from './test-client.ts'
import type { PersonalityName } from './options.ts'

interface Heard {
  readonly client: TestClient
  readonly events: { event: string; data: Record<string, unknown> }[]
  readonly ended: () => boolean
  readonly cancel: () => Promise<void>
}

async function listen(like: PersonalityName, query: string, users = [ALICE, BOB]): Promise<Heard> {
  const client = new TestClient({ like, users })
  const response = await client.fetch(`/jmap/eventsource/?${query}`)
  expect(response.headers.get('Content-Type')).toBe('text/event-stream')
  const reader = response.body!.getReader()
  const events: Heard['events'] = []
  let ended = false
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      for (const block of new TextDecoder().decode(value).split('\n\n').filter(Boolean)) {
        const [event, data] = block.split('\n') as [string, string]
        events.push({ event: event.slice(7), data: JSON.parse(data.slice(6)) as Record<string, unknown> })
      }
    }
    ended = true
  }
  void read()
  return { client, events, ended: () => ended, cancel: () => reader.cancel() }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

describe('the event source', () => {
  it('tells the states of the types asked for, after the answer', async () => {
    const { client, events } = await listen('plain', 'types=Email,Mailbox&closeafter=no&ping=0')
    client.account.deliver(mail())
    await settle()
    expect(events).toEqual([])
    client.clock.advance(1)
    await settle()
    const state = (await client.call('Email/get', { ids: [] }))['state']
    expect(events).toEqual([
      {
        event: 'state',
        data: { '@type': 'StateChange', changed: { [client.account.id]: { Email: state, Mailbox: state } } },
      },
    ])
  })

  it('closes after one state when asked to', async () => {
    const { client, events, ended } = await listen('plain', 'types=*&closeafter=state&ping=0')
    client.account.deliver(mail())
    client.clock.advance(1)
    await settle()
    expect([events.length, ended(), client.server.streams.size]).toEqual([1, true, 0])
  })

  it('pings in seconds, counted from the last event', async () => {
    const { client, events } = await listen('plain', 'types=*&closeafter=no&ping=10')
    client.clock.advance(5000)
    client.account.deliver(mail())
    client.clock.advance(9000)
    await settle()
    expect(events.map(({ event }) => event)).toEqual(['state'])
    client.clock.advance(2000)
    await settle()
    expect(events[1]).toEqual({ event: 'ping', data: { interval: 10 } })
  })

  it('M18: Stalwart pings in milliseconds, never more often than every 30 s, and tells a state once a second', async () => {
    const { client, events } = await listen('stalwart', 'types=*&closeafter=no&ping=5')
    for (let index = 0; index < 10; index += 1) {
      client.account.deliver(mail())
      client.clock.advance(50)
    }
    client.clock.advance(1000)
    await settle()
    expect(events.map(({ event }) => event)).toEqual(['state', 'state'])
    client.clock.advance(30_000)
    await settle()
    expect(events[2]).toEqual({ event: 'ping', data: { interval: 30_000 } })
  })

  it('M18: no types, silence; an unknown type, 400; nothing for accounts shared by rights', async () => {
    const users = [ALICE, { ...BOB, shares: [{ with: ALICE.username, mailboxes: 'read' as const }] }]
    const silent = await listen('stalwart', 'closeafter=no&ping=0')
    silent.client.account.deliver(mail())
    const shared = await listen('stalwart', 'types=*&closeafter=no&ping=0', users)
    shared.client.server.accountOf(BOB.username).deliver(mail())
    silent.client.clock.advance(2000)
    shared.client.clock.advance(2000)
    await settle()
    expect([silent.events, shared.events]).toEqual([[], []])
    expect((await silent.client.fetch('/jmap/eventsource/?types=Nope&closeafter=no&ping=0')).status).toBe(400)
  })

  it('forgets a stream that its reader cancelled', async () => {
    const { client, cancel } = await listen('plain', 'types=*&closeafter=no&ping=1')
    await cancel()
    expect(client.server.streams.size).toBe(0)
    client.account.deliver(mail())
    client.clock.advance(5000)
  })
})
