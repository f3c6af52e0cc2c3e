import { describe, expect, it } from 'vitest'
import { parseFaultRules } from './faults.ts'
import { mail, TestClient } from './test-client.ts'

const body = (client: TestClient, id: string): string =>
  JSON.stringify({
    using: ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail'],
    methodCalls: [['Email/set', { accountId: client.account.id, destroy: [id] }, 'a']],
  })

describe('faults', () => {
  it('dropBefore: the request never arrives; dropAfter: it does, its answer is lost', async () => {
    const client = new TestClient()
    const [one, two] = [client.account.deliver(mail()), client.account.deliver(mail())]
    client.server.faults.add({ match: { method: 'Email/set', nth: 1 }, do: { kind: 'dropBefore' } })
    await expect(client.post(body(client, one.id))).rejects.toThrow(TypeError)
    expect(client.account.emails.has(one.id)).toBe(true)
    client.server.faults.clear()
    client.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'dropAfter' } })
    await expect(client.post(body(client, two.id))).rejects.toThrow(TypeError)
    expect(client.account.emails.has(two.id)).toBe(false)
  })

  it('duplicate: it arrives twice', async () => {
    const client = new TestClient()
    const { id } = client.account.deliver(mail())
    client.server.faults.add({ match: { method: 'Email/set' }, do: { kind: 'duplicate' } })
    expect(await client.call('Email/set', { destroy: [id] })).toMatchObject({
      notDestroyed: { [id]: { type: 'notFound' } },
    })
  })

  it('delay: waits on the injected clock, and an abort is heard meanwhile', async () => {
    const client = new TestClient()
    client.server.faults.add({ match: { method: 'Core/echo' }, do: { kind: 'delay', ms: 5000 } })
    let answered = false
    const answer = client.call('Core/echo', { a: 1 }).then((result) => {
      answered = true
      return result
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(answered).toBe(false)
    client.clock.advance(5000)
    expect(await answer).toMatchObject({ a: 1 })
    const abort = new AbortController()
    const slow = client.fetch('/jmap/', {
      method: 'POST',
      body: '{"using":[],"methodCalls":[["Core/echo",{},"a"]]}',
      signal: abort.signal,
    })
    abort.abort()
    await expect(slow).rejects.toThrow(/abort/i)
  })

  it('hold: waits until the rule is taken away', async () => {
    const client = new TestClient()
    const mend = client.server.faults.add({ match: { method: 'Core/echo' }, do: { kind: 'hold' } })
    let answered = false
    const answer = client.call('Core/echo', { a: 1 }).then((result) => {
      answered = true
      return result
    })
    client.clock.advance(3_600_000)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(answered).toBe(false)
    mend()
    expect(await answer).toMatchObject({ a: 1 })
  })

  it('status, html, truncate and body replace or spoil the answer', async () => {
    const client = new TestClient()
    const { faults } = client.server
    faults.add({
      match: { path: '/jmap/', nth: 1 },
      do: { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, body: 'busy' },
    })
    const busy = await client.post('{}')
    expect([busy.status, busy.headers.get('Retry-After'), await busy.text()]).toEqual([503, '7', 'busy'])
    faults.clear()
    faults.add({ match: { path: '/jmap/session' }, do: { kind: 'html' } })
    const page = await client.fetch('/jmap/session')
    expect([page.status, page.headers.get('Content-Type')]).toEqual([502, 'text/html; charset=utf-8'])
    faults.clear()
    faults.add({ match: {}, do: { kind: 'truncate', bytes: 9 } })
    expect(await (await client.fetch('/jmap/session')).text()).toBe('{"capabil')
    faults.clear()
    faults.add({ match: {}, do: { kind: 'body', body: '{"methodResponses":3}' } })
    expect(await (await client.post('{}')).json()).toEqual({ methodResponses: 3 })
  })

  it('methodError fails one call and leaves the others', async () => {
    const client = new TestClient()
    client.server.faults.add({
      match: { method: 'Email/get', every: 2 },
      do: { kind: 'methodError', type: 'serverFail' },
    })
    const answers = await client.calls([
      ['Email/get', { ids: [] }],
      ['Email/get', { ids: [] }],
      ['Core/echo', { a: 1 }],
    ])
    expect(answers).toMatchObject([{ list: [] }, { type: 'serverFail' }, { a: 1 }])
  })

  it('limits and forgetChanges act on the server itself', async () => {
    const client = new TestClient()
    const { state } = await client.call('Email/get', { ids: [] })
    client.account.deliver(mail())
    client.server.faults.add({ match: { nth: 1 }, do: { kind: 'forgetChanges' } })
    expect(await client.call('Email/changes', { sinceState: state })).toMatchObject({ type: 'cannotCalculateChanges' })
    client.server.faults.add({ match: { nth: 1 }, do: { kind: 'limits', limits: { maxObjectsInGet: 1 } } })
    expect(await client.call('Email/get', { ids: ['a', 'b'] })).toMatchObject({ type: 'requestTooLarge' })
  })

  it('probability follows the seed', async () => {
    const run = async (): Promise<string> => {
      const client = new TestClient()
      client.server.faults.add({
        match: { method: 'Core/echo', probability: 0.5 },
        do: { kind: 'methodError', type: 'x' },
      })
      const answers = await client.calls(Array.from({ length: 20 }, () => ['Core/echo', {}] as const))
      return answers.map((answer) => ('type' in answer ? 'x' : '.')).join('')
    }
    const first = await run()
    expect(first).toMatch(/x.*\.|\..*x/)
    expect(await run()).toBe(first)
  })

  it.each([
    ['nope', 'The faults file is not JSON.'],
    ['{}', 'The faults file must hold an array of rules.'],
    ['[{"do":{"kind":"x"}}]', /^Fault rule 1: "do.kind" must be one of dropBefore/],
    ['[{"do":{"kind":"html"}},{"do":{"kind":"delay"}}]', 'Fault rule 2: "do.ms" must be a number.'],
  ])('says what is wrong with a faults file: %s', (text, message) => {
    expect(() => parseFaultRules(text)).toThrow(message)
  })

  it('reads a good faults file', () => {
    const rules = [{ match: { path: '/jmap/', nth: 2 }, do: { kind: 'delay', ms: 100 } }]
    expect(parseFaultRules(JSON.stringify(rules))).toEqual(rules)
  })
})

describe('the request log', () => {
  it('names methods and counts bytes both ways', async () => {
    const client = new TestClient()
    await client.call('Core/echo', { hello: 'wörld' })
    const [entry] = client.server.log.entries
    expect(entry).toMatchObject({ method: 'POST', path: '/jmap/', calls: ['Core/echo'], status: 200 })
    expect(entry!.bytesIn).toBeGreaterThan(entry!.bytesOut)
    expect(entry!.bytesOut).toBeGreaterThan(50)
  })
})
