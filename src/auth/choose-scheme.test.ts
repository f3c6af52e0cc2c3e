import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { scriptedFetch } from '../../tests/support/scripted-fetch.ts'
import type { Found } from '../jmap/probe-server.ts'
import type { Session } from '../jmap/session.ts'
import { chooseScheme, type Scheme } from './choose-scheme.ts'

const sessionUrl = 'https://mail.example.test/jmap/session'
const stalwart: Found = { kind: 'anonymous', sessionUrl, session: { isStalwart: true } as Session }
const cyrus: Found = { kind: 'challenge', sessionUrl, schemes: ['basic'] }

test.each<[string, Found, readonly string[] | undefined, Scheme | undefined]>([
  ['Stalwart, all allowed', stalwart, undefined, 'stalwart'],
  ['Stalwart, tokens allowed', stalwart, ['token'], 'stalwart'],
  ['Stalwart, the password with each request', stalwart, ['password'], 'basic'],
  ['Cyrus, all allowed', cyrus, undefined, 'basic'],
  ['Cyrus, tokens only: the password stays here', cyrus, ['token'], undefined],
])('%s', async (_what, found, allowed, expected) => {
  const { fetch } = scriptedFetch(() => new Response('', { status: 404 }))
  expect(await chooseScheme({ fetch, clock: new ManualClock() }, found, allowed)).toBe(expected)
})
