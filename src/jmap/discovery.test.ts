import { describe, expect, test } from 'vitest'
import { fakeWeb, html, redirectTo, unreachable } from '../../tests/support/fake-web.ts'
import type { Page } from '../../tests/support/fake-web.ts'
import { sessionJson } from '../../tests/support/jmap-session.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json } from '../../tests/support/scripted-fetch.ts'
import type { DiscoveryProblem } from '../auth/outcomes.ts'
import { noDeployment } from './deployment.ts'
import { discover } from './discovery.ts'
import type { DiscoveryRequest, DiscoveryResult } from './discovery.ts'

const page = 'https://webmail.example.test'
const mail = 'https://mail.example.test'
const domain = 'https://example.test'
const wellKnown = '/.well-known/jmap'
const pacc = '/.well-known/user-agent-configuration.json'

const session: Page = () => json(sessionJson())
const challenge =
  (header: string): Page =>
  () =>
    new Response('', { status: 401, headers: { 'WWW-Authenticate': header } })
const paccTo =
  (url: string): Page =>
  () =>
    json({ protocols: { jmap: { url } } })

const ownPage: Page = () =>
  new Response('<!doctype html><meta name="postern" content="1">', { headers: { 'Content-Type': 'text/html' } })

async function run(pages: Record<string, Page>, changes: Partial<DiscoveryRequest> = {}) {
  const web = fakeWeb({ [`${page}/`]: html, ...pages })
  const result = await discover(
    { fetch: web.fetch, clock: new ManualClock() },
    {
      server: '',
      username: 'alice@example.test',
      pageOrigin: page,
      isSecureContext: true,
      deployment: noDeployment,
      ...changes,
    },
  )
  return { result, urls: web.seen.map(({ url }) => url), seen: web.seen }
}

const allow = (...servers: string[]): Partial<DiscoveryRequest> => ({ deployment: { ...noDeployment, servers } })
const sessionUrlOf = (result: DiscoveryResult): string | undefined => (result.ok ? result.found.sessionUrl : undefined)
const problemOf = (result: DiscoveryResult): DiscoveryProblem | undefined => (result.ok ? undefined : result.problem)

describe('the first place that speaks JMAP wins', () => {
  const everywhere = {
    [`${mail}/jmap/session`]: session,
    [`${page}/jmap/session`]: session,
    [domain + pacc]: paccTo(`${domain}/pacc`),
    [`${domain}/pacc`]: session,
    [domain + wellKnown]: session,
    'https://typed.example.test/jmap/session': session,
  }
  const without = (...urls: string[]): Record<string, Page> =>
    Object.fromEntries(Object.entries(everywhere).filter(([url]) => !urls.includes(url)))

  test.each<[string, Record<string, Page>, Partial<DiscoveryRequest>, string]>([
    ['a server of config.json', everywhere, allow(mail, domain), `${mail}/jmap/session`],
    ['the page’s origin', everywhere, {}, `${page}/jmap/session`],
    [
      'the domain’s user agent configuration',
      without(`${page}/jmap/session`, `${mail}/jmap/session`, domain + wellKnown),
      allow(mail, domain),
      `${domain}/pacc`,
    ],
    [
      'the domain’s well-known address',
      { [domain + wellKnown]: redirectTo('/jmap'), [`${domain}/jmap`]: session },
      allow(mail, domain),
      `${domain}/jmap`,
    ],
    [
      'a typed host',
      everywhere,
      { ...allow('https://typed.example.test'), server: 'typed.example.test' },
      'https://typed.example.test/jmap/session',
    ],
    [
      'a typed session URL',
      { [`${mail}/own/path`]: session },
      { ...allow(mail), server: `${mail}/own/path` },
      `${mail}/own/path`,
    ],
    ['a session URL in config.json', { [`${mail}/own/path`]: session }, allow(`${mail}/own/path`), `${mail}/own/path`],
    ['the page’s own host, typed', everywhere, { server: 'webmail.example.test/' }, `${page}/jmap/session`],
  ])('%s', async (_name, pages, changes, expected) => {
    const { result } = await run(pages, changes)
    expect(sessionUrlOf(result)).toBe(expected)
  })
})

describe('a password challenge', () => {
  test('says its schemes', async () => {
    const header = 'Bearer realm="a, Basic", resource_metadata="/x", Basic realm="b"'
    const { result } = await run({ [`${page}/jmap/session`]: challenge(header) })
    expect(result).toMatchObject({ ok: true, found: { kind: 'challenge', schemes: ['bearer', 'basic'] } })
  })

  test('at the guessed address gives way to where the well-known one leads (Cyrus)', async () => {
    const { result } = await run({
      [`${page}/jmap/session`]: challenge('Basic realm="c"'),
      [page + wellKnown]: redirectTo('/jmap'),
      [`${page}/jmap`]: challenge('Basic realm="c"'),
    })
    expect(sessionUrlOf(result)).toBe(`${page}/jmap`)
  })
})

describe('each way to fail has its name', () => {
  const foreign: Page = () => json(sessionJson({ apiUrl: 'https://attacker.test/jmap' }))

  test.each<[string, Record<string, Page>, Partial<DiscoveryRequest>, DiscoveryProblem]>([
    ['no secure context', {}, { isSecureContext: false }, { kind: 'insecureContext' }],
    ['nothing here, and the domain may not be asked', {}, {}, { kind: 'notAllowed', origin: domain }],
    [
      'nothing here, and no domain',
      {},
      { username: 'alice' },
      { kind: 'notJmap', url: `${page}/jmap/session`, status: 404, isHtml: false },
    ],
    [
      'our own page instead of a session',
      { [`${page}/jmap/session`]: ownPage },
      { username: 'alice' },
      { kind: 'notJmap', url: `${page}/jmap/session`, status: 200, isHtml: true },
    ],
    [
      'other JSON',
      { [`${mail}/x`]: () => json({ hello: 1 }) },
      { ...allow(mail), server: `${mail}/x` },
      { kind: 'notJmap', url: `${mail}/x`, status: 200, isHtml: false },
    ],
    [
      'an unknown host',
      {},
      { ...allow(mail), server: mail },
      { kind: 'unreachable', url: `${mail}/jmap/session`, crossOrigin: true },
    ],
    [
      'the page’s server gone',
      { [`${page}/jmap/session`]: unreachable },
      { server: page },
      { kind: 'unreachable', url: `${page}/jmap/session`, crossOrigin: false },
    ],
    [
      'a typed host that config.json does not name',
      {},
      { server: 'other.test' },
      { kind: 'notAllowed', origin: 'https://other.test' },
    ],
    [
      'an API URL on another origin',
      { [`${page}/jmap/session`]: foreign },
      {},
      { kind: 'foreignUrl', url: 'https://attacker.test/jmap', origin: 'https://attacker.test' },
    ],
    [
      'a redirect of the page’s own host to another origin: a gate',
      { [`${page}/jmap/session`]: redirectTo('https://attacker.test/'), 'https://attacker.test/': session },
      {},
      { kind: 'gate', url: page },
    ],
    [
      'the log-in page of a gate',
      { [`${page}/jmap/session`]: html },
      { username: 'alice' },
      { kind: 'gate', url: page },
    ],
    [
      'a redirect of a typed server to another origin',
      { [`${mail}/jmap/session`]: redirectTo('https://attacker.test/'), 'https://attacker.test/': session },
      { ...allow(mail), server: mail },
      { kind: 'redirect', url: 'https://attacker.test/' },
    ],
    ['nonsense typed', {}, { server: 'http://[' }, { kind: 'unreachable', url: 'http://[', crossOrigin: true }],
    [
      'a typed URL with a password in it',
      {},
      { server: 'https://u:p@webmail.example.test' },
      { kind: 'unreachable', url: 'https://webmail.example.test', crossOrigin: true },
    ],
  ])('%s', async (_name, pages, changes, expected) => {
    const { result } = await run(pages, changes)
    expect(problemOf(result)).toEqual(expected)
  })
})

test('no origin is asked that the deployment does not name', async () => {
  const { urls } = await run({ [domain + pacc]: paccTo(`${mail}/jmap/session`) })
  expect(new Set(urls.map((url) => new URL(url).origin))).toEqual(new Set([page]))
})

test('a user agent configuration cannot lead to an origin that the deployment does not name', async () => {
  const { result, urls } = await run({ [domain + pacc]: paccTo('https://attacker.test/jmap') }, allow(domain))
  expect(problemOf(result)).toEqual({ kind: 'notAllowed', origin: 'https://attacker.test' })
  expect(urls.some((url) => url.startsWith('https://attacker.test'))).toBe(false)
})

test.each(['alice@', 'alice@evil.test/x', 'alice@a b', 'alice@evil.test:8443', '@'])(
  'the domain of %j is not asked as a URL',
  async (username) => {
    const { urls } = await run({}, { username, ...allow('https://evil.test', page) })
    expect(
      urls.every(
        (url) => !url.includes(wellKnown) || url === page + wellKnown || url === `https://evil.test${wellKnown}`,
      ),
    ).toBe(true)
    expect(urls.some((url) => url.includes('8443'))).toBe(false)
  },
)

test('nothing that is sent carries a credential', async () => {
  const { seen } = await run({}, allow(mail, domain))
  expect(seen.length).toBeGreaterThan(4)
  for (const { headers, init, url } of seen) {
    expect(headers.get('authorization')).toBeNull()
    expect(init.credentials).toBe('omit')
    expect(url).not.toContain('alice')
  }
})
