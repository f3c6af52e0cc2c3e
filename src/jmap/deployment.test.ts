import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { json, scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import { loadDeployment, noDeployment, parseDeployment } from './deployment.ts'

test('what makes sense is kept, the rest is left out', () => {
  const servers = ['https://mail.example.test', 'javascript:alert(1)', 'mail.example.test', 7, 'https://u:p@x.test']
  expect(parseDeployment({ servers, rewriteToOrigin: 'yes', demo: { username: 'a' } })).toEqual({
    servers: ['https://mail.example.test'],
    rewriteToOrigin: false,
  })
  expect(parseDeployment({ rewriteToOrigin: true, demo: { username: 'a', password: 'b' } })).toEqual({
    servers: [],
    rewriteToOrigin: true,
    demo: { username: 'a', password: 'b' },
  })
})

test.each([
  ['no file', () => new Response('', { status: 404 })],
  ['a static host’s start page', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
  ['a list', () => json([])],
])('%s means the defaults', async (_name, answer) => {
  const { fetch, seen } = scriptedFetch(answer)
  expect(await loadDeployment({ fetch, clock: new ManualClock() }, 'https://webmail.example.test')).toEqual(
    noDeployment,
  )
  expect(seen[0]?.url).toMatch(/^https:\/\/webmail\.example\.test\/config\.json\?v=\d+$/)
})
