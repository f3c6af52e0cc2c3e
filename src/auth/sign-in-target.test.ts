import { expect, test } from 'vitest'
import { fakeWeb } from '../../tests/support/fake-web.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { noDeployment } from '../jmap/deployment.ts'
import { TargetAhead } from './sign-in-target.ts'

const page = 'https://webmail.example.test'
const place = { deployment: noDeployment, pageOrigin: page, isSecureContext: true }
const alice = { ...place, server: '', username: 'alice@example.test' }
const ask = (): Response => new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } })

function setUp(pages: Parameters<typeof fakeWeb>[0]) {
  const web = fakeWeb(pages)
  const clock = new ManualClock()
  const deps = { fetch: web.fetch, clock }
  return { web, clock, deps, ahead: new TargetAhead(clock) }
}

test('what was found while the form was filled in is not asked again', async () => {
  const { web, deps, ahead } = setUp({ [`${page}/jmap/session`]: ask })
  ahead.prepare(deps, place)
  ahead.prepare(deps, place)
  const first = await ahead.find(deps, alice)
  const asked = web.seen.length
  expect(first).toMatchObject({ ok: true, scheme: 'basic', found: { sessionUrl: `${page}/jmap/session` } })
  expect(await ahead.find(deps, alice)).toBe(first)
  expect(web.seen).toHaveLength(asked)
  expect(web.seen.every(({ headers }) => !headers.has('authorization'))).toBe(true)
})

test('after five minutes, and for a server that was typed, it is asked again', async () => {
  const { web, clock, deps, ahead } = setUp({ [`${page}/jmap/session`]: ask })
  ahead.prepare(deps, place)
  await ahead.find(deps, alice)
  const asked = web.seen.length
  await ahead.find(deps, { ...alice, server: page })
  expect(web.seen.length).toBe(2 * asked)
  await clock.advance(5 * 60_000)
  await ahead.find(deps, alice)
  expect(web.seen.length).toBe(3 * asked)
})

test('a page without a server of its own: the address is followed, as if nothing had been asked', async () => {
  const { deps, ahead } = setUp({ 'https://example.test/.well-known/jmap': ask })
  const deployment = { ...noDeployment, servers: ['https://example.test/elsewhere'] }
  ahead.prepare(deps, { ...place, deployment })
  const target = await ahead.find(deps, { ...alice, deployment })
  expect(target).toMatchObject({ ok: true, found: { sessionUrl: 'https://example.test/.well-known/jmap' } })
})
