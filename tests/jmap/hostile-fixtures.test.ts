/**
 * The 47 JMAP fixtures of the hostile corpus, at the level where they enter: session, wire, domain, routes. What is
 * inserted into a page is asserted where pages are; `later` names what has no door in this version.
 */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { HttpJmapClient } from '../../src/jmap/http-client.ts'
import { parseSession } from '../../src/jmap/parse-session.ts'
import type { Invocation } from '../../src/jmap/types.ts'
import { expandTemplate } from '../../src/jmap/expand-template.ts'
import { toEmailBody } from '../../src/mail/body-properties.ts'
import { toEmail, toMailbox, toThread } from '../../src/mail/email-properties.ts'
import { toIdentity } from '../../src/mail/identity.ts'
import { readSnippet } from '../../src/mail/marked-text.ts'
import { silentLogger } from '../../src/platform/logger.ts'
import { fromPath, toPath } from '../../src/state/route.ts'
import { sessionJson, sessionUrl, strictPolicy } from '../support/jmap-session.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { json, scriptedFetch } from '../support/scripted-fetch.ts'

interface Fixture {
  readonly id: string
  readonly kind: string
  readonly technique: string
  readonly value: unknown
}

const { fixtures } = JSON.parse(readFileSync('tests/fixtures/hostile/jmap-fixtures.json', 'utf8')) as {
  fixtures: readonly Fixture[]
}
const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]))
const claimed = new Set<string>()

/** Claims one fixture; the last test says which are left over. */
function fixture(id: string): Fixture {
  claimed.add(id)
  return byId.get(id)!
}

const ofKind = (kind: string): readonly Fixture[] =>
  fixtures.filter((each) => each.kind === kind).map(({ id }) => fixture(id))
const cases = (list: readonly Fixture[]): [string, unknown][] =>
  list.map(({ id, technique, value }) => [`${id} ${technique}`, value])

/** A client whose server answers with `text`, and all that it sent. */
function clientFor(answer: () => Response, session: Record<string, unknown> = {}) {
  const server = scriptedFetch(answer)
  const authorization = { header: () => Promise.resolve('Bearer secret'), renew: () => Promise.reject(new Error('no')) }
  const client = new HttpJmapClient(
    {
      fetch: server.fetch,
      clock: new ManualClock(),
      random: { next: () => 0, uuid: () => '' },
      log: silentLogger,
      authorization,
    },
    { session: parseSession(sessionJson(session), sessionUrl, strictPolicy), policy: strictPolicy },
  )
  return { client, seen: server.seen }
}

const answering =
  (methodResponses: unknown): (() => Response) =>
  () =>
    json({ methodResponses, sessionState: 's1' })
const get = (method: string): Invocation[] => [[method, {}, '0']]

/** What `method` brings when the server lists `object`, through the client as the engine sees it. */
async function listed(method: string, object: unknown): Promise<unknown> {
  const { client } = clientFor(answering([[method, { list: [object], state: 's' }, '0']]))
  const result = (await client.request(get(method))).result('0')
  return result.ok ? (result.args['list'] as unknown[])[0] : undefined
}

const email = (changes: Record<string, unknown>): Record<string, unknown> => ({
  id: 'e',
  blobId: 'b',
  threadId: 't',
  mailboxIds: { m: true },
  keywords: {},
  size: 1,
  receivedAt: '2026-11-25T12:00:00Z',
  ...changes,
})

afterAll(() => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('mailbox names', () => {
  test.each(cases(ofKind('mailbox-name')))('%s', async (_name, value) => {
    const mailbox = toMailbox(await listed('Mailbox/get', { id: 'm', name: value, myRights: {} }))
    // As it is, cut where no honest name ends, and never a role by its looks.
    expect(mailbox?.name).toBe((value as string).slice(0, 2000).toWellFormed())
    expect(mailbox?.role).toBeNull()
    // Routes hold opaque words: whatever the word, it comes back, and none climbs out of its segment.
    const route = { view: 'mailbox', account: value as string, mailboxId: null, threadId: null, emailId: null } as const
    expect(fromPath(new URL(toPath(route), 'https://webmail.example.test').pathname)).toEqual(route)
  })
})

describe('keywords', () => {
  test.each(cases(ofKind('keyword')))('%s', async (_name, value) => {
    const keyword = value as string
    // As the server writes it: in an object literal, `__proto__` would not become a key.
    const text = `{"list":[${JSON.stringify(email({}))
      .split('"keywords":{}')
      .join(`"keywords":{${JSON.stringify(keyword)}:true}`)}]}`
    const { client } = clientFor(
      () =>
        new Response(`{"methodResponses":[["Email/get",${text},"0"]],"sessionState":"s1"}`, {
          headers: { 'Content-Type': 'application/json' },
        }),
    )
    const result = (await client.request(get('Email/get'))).result('0')
    const row = toEmail(result.ok ? (result.args['list'] as unknown[])[0] : undefined)!
    expect(Object.getPrototypeOf(row.keywords)).toBe(Object.prototype)
    // A keyword is at most 255 characters; `__proto__` is dropped on the wire.
    const isKept = keyword.length <= 255 && keyword !== '__proto__'
    expect(Object.keys(row.keywords)).toEqual(isKept ? [keyword.toLowerCase()] : [])
    const copy: Record<string, unknown> = {}
    for (const key of Object.keys(row.keywords)) copy[key] = { polluted: true }
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  })
})

describe('identities', () => {
  test('j024 a signature is not carried: nothing shows one yet', async () => {
    const identity = toIdentity(await listed('Identity/get', { id: 'i', ...(fixture('j024').value as object) }))
    expect(identity).toEqual({ id: 'i', name: 'Me', email: 'me@example.test' })
  })

  test('j025 a line break ends the name', async () => {
    const identity = toIdentity(await listed('Identity/get', { id: 'i', ...(fixture('j025').value as object) }))
    expect(identity?.name).toBe('Me')
  })
})

describe('sessions', () => {
  const refused = { j027: 'origin', j028: 'origin', j030: 'origin', j031: 'origin', j033: 'protocol' }

  test.each(Object.entries(refused))('%s is refused as %s', (id, kind) => {
    const changes = fixture(id).value as Record<string, unknown>
    const parse = (): unknown => parseSession(sessionJson(changes), sessionUrl, strictPolicy)
    expect(parse).toThrow(expect.objectContaining({ kind }) as Error)
  })

  test.each(Object.entries(refused))('%s coming with a new sessionState sends the token nowhere else', async (id) => {
    const changes = fixture(id).value as Record<string, unknown>
    let asked = 0
    const { client, seen } = clientFor(() =>
      asked++ === 0
        ? json({ methodResponses: [['Core/echo', {}, '0']], sessionState: 's2' })
        : json(sessionJson({ state: 's2', ...changes })),
    )
    await client.request(get('Core/echo'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen).toHaveLength(2)
    const { accountId, blobId } = { accountId: 'b', blobId: 'B' }
    await client.download({ accountId, blobId, type: 'text/plain', name: 'n' } as never)
    expect(new Set(seen.map(({ url }) => new URL(url).origin))).toEqual(new Set(['https://mail.example.test']))
    expect(
      seen.every(({ headers, url }) => headers.get('authorization') === 'Bearer secret' && !url.includes('pw')),
    ).toBe(true)
  })

  test('j034 impossible limits become safe ones, and requests still leave', async () => {
    const { client, seen } = clientFor(
      answering([['Core/echo', {}, '0']]),
      fixture('j034').value as Record<string, unknown>,
    )
    const { limits } = client.session
    expect(limits).toMatchObject({
      maxObjectsInGet: 500,
      maxCallsInRequest: 16,
      maxSizeRequest: 10_000_000,
      maxConcurrentRequests: 4,
    })
    await client.request(get('Core/echo'))
    expect(seen).toHaveLength(1)
  })

  test('j036 a user name is text', () => {
    const { client } = clientFor(answering([]), fixture('j036').value as Record<string, unknown>)
    expect(client.session.username).toBe('<img src=x:x onerror=alert(1)>')
  })
})

describe('answers', () => {
  test('j037 an error’s words stay a description beside its type', async () => {
    const { client } = clientFor(answering([['error', fixture('j037').value, '0']]))
    expect((await client.request(get('Email/get'))).result('0')).toMatchObject({ ok: false, type: 'serverFail' })
  })

  test('j039 an id that is no id is no row', async () => {
    const { id } = fixture('j039').value as { id: string }
    const raw = { ...email({}), id, name: 'x', email: 'a@b.test', emailIds: [id] }
    for (const read of [toEmail, toEmailBody, toThread, toMailbox, toIdentity]) {
      expect(read(await listed('Email/get', raw))).toBeUndefined()
    }
    expect(toThread(await listed('Thread/get', { id: 't', emailIds: [id, 'e'] }))?.emailIds).toEqual(['e'])
  })

  test('j040 a blob id that climbs is no blob id, and could not climb', async () => {
    const { blobId } = fixture('j040').value as { blobId: string }
    expect(toEmail(await listed('Email/get', email({ blobId })))).toBeUndefined()
    const { client, seen } = clientFor(() => new Response('x'))
    await client.download({ accountId: 'b', blobId, type: 'text/plain', name: 'n' } as never)
    const url = new URL(seen[0]!.url)
    expect(url.pathname).toBe('/jmap/download/b/..%2F..%2F..%2Fadmin%3Fx%3D/n')
    expect(url.search).toBe('?accept=text%2Fplain')
  })

  test('j042 a number beyond 2^53 is none', async () => {
    const { size } = fixture('j042').value as { size: number }
    expect(toEmail(await listed('Email/get', email({ size })))?.size).toBe(0)
  })

  test('j043 wrong types become neutral values', async () => {
    const wrong = fixture('j043').value as Record<string, unknown>
    expect(toEmail(await listed('Email/get', email(wrong)))).toMatchObject({
      subject: null,
      from: null,
      keywords: {},
      mailboxIds: {},
      receivedAt: '1970-01-01T00:00:00Z',
    })
    const { client } = clientFor(answering([['Email/get', wrong, '0']]))
    expect((await client.request(get('Email/get'))).result('0')).toMatchObject({ ok: true })
  })

  test('j045 a snippet is words with marks, whatever else it holds', () => {
    const { subject, preview } = fixture('j045').value as { subject: string; preview: string }
    expect(readSnippet(subject)).toEqual([
      { text: 'x', isMarked: true },
      { text: `<img src=x:x onerror="self.__pwned='j045'">`, isMarked: false },
    ])
    // only a bare mark is one: with an attribute it is words, and so is the end that nobody began
    expect(readSnippet(preview).map(({ text }) => text)).toEqual([
      `<mark onclick="self.__pwned='j045'">x`,
      '<style>*{display:none}</style>',
    ])
    expect(readSnippet(preview).every(({ isMarked }) => !isMarked)).toBe(true)
  })

  test('j046 name and type stay in their places of the download URL', () => {
    const { name, type } = fixture('j046').value as { name: string; type: string }
    const { client } = clientFor(answering([]))
    const url = new URL(
      expandTemplate(client.session.downloadUrl, {
        accountId: 'b',
        blobId: 'B',
        name,
        type: 'application/octet-stream',
      }),
    )
    expect(url.searchParams.getAll('accept')).toEqual(['application/octet-stream'])
    expect(url.hash).toBe('')
    expect(decodeURIComponent(url.pathname.split('/').at(-1)!)).toBe(name)
    expect(type).toBe('text/html')
  })

  test('j048 responses are taken by call id; those that nobody asked for are dropped', async () => {
    const { client } = clientFor(() => json({ ...(fixture('j048').value as object), sessionState: 's1' }))
    const response = await client.request([
      ['Email/get', {}, '0'],
      ['Email/get', {}, '1'],
    ])
    expect(response.all('0')).toHaveLength(2)
    expect(response.all('9')).toEqual([])
    expect(() => response.result('1')).toThrow(expect.objectContaining({ kind: 'protocol' }) as Error)
  })

  test('j049 a portal’s page is no answer, whatever type it claims', async () => {
    for (const type of ['text/html', 'application/json']) {
      const { client } = clientFor(
        () => new Response(fixture('j049').value as string, { headers: { 'Content-Type': type } }),
      )
      await expect(client.request(get('Email/get'))).rejects.toMatchObject({ kind: 'protocol' })
    }
  })
})

describe('addresses of the app', () => {
  test.each(cases(ofKind('url')))('%s', (_name, value) => {
    const { pathname } = new URL(value as string, 'https://webmail.example.test')
    // There is no redirect sign-in, mail link or share door: a code, a token or a target in a URL meets nobody.
    expect(fromPath(pathname)).toEqual({ view: pathname === '/' ? 'start' : 'notFound' })
  })
})

/** No door in this version: composer, notifications. The issues that open one take these up. */
const later = [...ofKind('paste'), ...ofKind('notification')]

test('every fixture is asserted here or waits for a door that is not there', () => {
  expect(fixtures).toHaveLength(47)
  expect(fixtures.filter(({ id }) => !claimed.has(id)).map(({ id }) => id)).toEqual([])
  const serviceWorker = readFileSync('src/workers/service-worker.ts', 'utf8')
  expect(serviceWorker).not.toMatch(/showNotification|notificationclick/)
  expect(later.map(({ id }) => id)).toEqual(['j060', 'j061', 'j063', 'j064', 'j066', 'j067', 'j069', 'j070'])
})
