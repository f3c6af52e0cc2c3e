import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import { loadDeployment, noDeployment, type Deployment } from './deployment.ts'

const load = async (answer: () => Response): Promise<{ found: Deployment; url: string; init: RequestInit }> => {
  const { fetch, seen } = scriptedFetch(answer)
  const found = await loadDeployment({ fetch, clock: new ManualClock() }, 'https://webmail.example.test')
  return { found, url: seen[0]?.url ?? '', init: seen[0]?.init ?? {} }
}

test('what makes sense is kept, the rest is left out', async () => {
  const servers = ['https://mail.example.test', 'javascript:alert(1)', 'mail.example.test', 7, 'https://u:p@x.test']
  const wrong = { servers, rewriteToOrigin: 'yes', signIn: ['oauth', 7], cookies: 'include', allowedOrigins: 'all' }
  expect((await load(() => json(wrong))).found).toEqual({ ...noDeployment, servers: ['https://mail.example.test'] })
  expect((await load(() => json({ servers: 'https://mail.example.test' }))).found).toEqual(noDeployment)
})

test('every member is read', async () => {
  const config = {
    servers: ['https://mail.example.test'],
    allowedOrigins: ['https://files.example.test'],
    rewriteToOrigin: true,
    signIn: ['token'],
    cookies: 'same-origin',
  }
  expect((await load(() => json(config))).found).toEqual({ ...config, cookies: { credentials: 'same-origin' } })
  const started = { rewriteToOrigin: true, demo: { username: 'a', password: 'b' } }
  expect((await load(() => json(started))).found).toEqual({ ...noDeployment, rewriteToOrigin: true })
})

test.each([
  ['no file', () => new Response('', { status: 404 })],
  ['a static host’s start page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
  ['a list', () => json([])],
  ['broken JSON', () => new Response('{"servers": [', { headers: { 'Content-Type': 'application/json' } })],
])('%s means the defaults', async (_name, answer) => {
  const { found, url } = await load(answer)
  expect(found).toEqual(noDeployment)
  // asked for anew each time, with the cookie of a gate that may stand before it
  expect(url).toMatch(/^https:\/\/webmail\.example\.test\/config\.json\?v=\d+$/)
})
