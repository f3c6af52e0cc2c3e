import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sessionJson, sessionUrl, strictPolicy } from '../../tests/support/jmap-session.ts'
import { parseSession } from './parse-session.ts'

const parse = (changes: Record<string, unknown> = {}, policy = strictPolicy) =>
  parseSession(sessionJson(changes), sessionUrl, policy)

test('relative URLs are resolved against the session URL', () => {
  const session = parse({ apiUrl: 'api', eventSourceUrl: '/es/{types}' })
  expect(session.apiUrl).toBe('https://mail.example.test/jmap/api')
  expect(session.eventSourceUrl).toBe('https://mail.example.test/es/{types}')
  expect(session.downloadUrl).toBe('https://mail.example.test/jmap/download/{accountId}/{blobId}/{name}?accept={type}')
  expect(session.origin).toBe('https://mail.example.test')
  expect(session.primaryMail).toBe('b')
})

describe.each(['apiUrl', 'downloadUrl', 'uploadUrl', 'eventSourceUrl'])('%s', (name) => {
  test.each([
    ['https://attacker.test/', 'origin'],
    ['//attacker.test/', 'origin'],
    ['http://mail.example.test/', 'origin'],
    ['https://mail.example.test:444/', 'origin'],
    ['https://user:pw@mail.example.test/', 'origin'],
    ['https://mail.example.test@attacker.test/', 'origin'],
    ['https:\\\\attacker.test/', 'origin'],
    ['javascript:alert(1)', 'origin'],
    ['data:text/html,x', 'origin'],
    ['https://{types}.attacker.test/', name === 'eventSourceUrl' ? 'origin' : 'protocol'],
    ['https://[bad/', 'protocol'],
    [7, 'protocol'],
  ])('%j is refused as %s', (value, kind) => {
    expect(() => parse({ [name]: value })).toThrow(expect.objectContaining({ kind }) as Error)
  })

  test('may lead to an origin that the deployment names', () => {
    const policy = { allowedOrigins: ['https://api.example.test'], rewriteTo: null }
    const session = parse({ [name]: 'https://api.example.test/x' }, policy)
    expect(session).toMatchObject({ [name]: 'https://api.example.test/x' })
  })

  test('gets the page’s origin where the deployment says so, path and query kept', () => {
    const page = { allowedOrigins: [], rewriteTo: 'https://mail.example.test' }
    expect(parse({ [name]: 'http://inner:8080/x/y?z=1' }, page)).toMatchObject({
      [name]: 'https://mail.example.test/x/y?z=1',
    })
    const elsewhere = { allowedOrigins: [], rewriteTo: 'https://webmail.example.test' }
    expect(() => parse({ [name]: 'http://inner:8080/x' }, elsewhere)).toThrow()
  })
})

test.each([
  [null],
  ['<html>'],
  [[]],
  [{}],
  [{ capabilities: {}, apiUrl: '/' }],
  [{ type: 'about:blank', status: 401 }],
])('%j is no session', (value) => {
  expect(() => parseSession(value, sessionUrl, strictPolicy)).toThrow(
    expect.objectContaining({ kind: 'protocol' }) as Error,
  )
})

test('limits are read; impossible ones become safe ones', () => {
  const core = {
    maxObjectsInGet: 0,
    maxObjectsInSet: 7.5,
    maxCallsInRequest: -1,
    maxSizeRequest: 1e308,
    maxSizeUpload: '9',
  }
  const { limits } = parse({ capabilities: { 'urn:ietf:params:jmap:core': { ...core, maxConcurrentRequests: 9 } } })
  expect(limits).toEqual({
    maxObjectsInGet: 500,
    maxObjectsInSet: 500,
    maxCallsInRequest: 16,
    maxSizeRequest: 10_000_000,
    maxSizeUpload: 50_000_000,
    maxConcurrentUpload: 4,
    maxConcurrentRequests: 9,
  })
})

test('accounts of the wrong shape are left out, ids of dots too', () => {
  const mail = { 'urn:ietf:params:jmap:mail': {} }
  const accounts = { a: null, '..': { name: 'x' }, '': {}, ok: { name: 7, accountCapabilities: mail }, no: [] }
  const session = parse({ accounts, primaryAccounts: null })
  expect(session.accounts).toEqual([
    {
      accountId: 'ok',
      name: 'ok',
      isPersonal: false,
      isReadOnly: false,
      mail: {},
      capabilities: new Set(Object.keys(mail)),
    },
  ])
  expect(session.primaryMail).toBeNull()
})

test('the primary account is one that has mail', () => {
  expect(parse({ primaryAccounts: { 'urn:ietf:params:jmap:mail': 'gone' } }).primaryMail).toBe('b')
  expect(parse({ accounts: {} }).primaryMail).toBeNull()
})

describe('recorded sessions', () => {
  const recorded = (name: string): unknown =>
    (JSON.parse(readFileSync(`tests/fixtures/stalwart/${name}.json`, 'utf8')) as { response: { body: unknown } })
      .response.body

  test.each(['session', 'session-anonymous'])('%s of Stalwart', (name) => {
    const session = parseSession(recorded(name), sessionUrl, strictPolicy)
    expect(session.isStalwart).toBe(true)
    expect(session.limits.maxCallsInRequest).toBe(16)
    expect(session.accounts).toHaveLength(name === 'session' ? 1 : 0)
  })

  test('another server’s is not taken for Stalwart', () => {
    expect(parse().isStalwart).toBe(false)
  })
})
