import { describe, expect, it } from 'vitest'
import { foldStatus, syncWords } from './sync-words.ts'
import type { AccountStatus } from '../../sync/engine-port.ts'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const DAY = 86_400_000
const status = (changes: Partial<AccountStatus>): AccountStatus => ({
  phase: 'ready',
  outbox: 0,
  failed: 0,
  backfill: 100,
  syncedAt: NOW,
  ...changes,
})

describe('the foot line', () => {
  it.each<[AccountStatus['phase'], RegExp]>([
    ['ready', /^Unsent changes since Thu/],
    ['syncing', /^Unsent changes since Thu/],
    ['starting', /^Unsent changes since Thu/],
    ['offline', /^Unsent changes since Thu.*\. Offline, mail as of/],
    ['error', /^Unsent changes since Thu.*\. Signed out by the server/],
  ])('says what waits longer than a day, whatever else is the matter: %s', (phase, line) => {
    const problem = phase === 'error' ? { problem: { kind: 'unauthorized' as const } } : {}
    const old = status({ phase, outbox: 1, oldest: NOW - DAY - 60_000, ...problem })
    expect(syncWords(old, NOW).line).toMatch(line)
    expect(syncWords(old, NOW).lamp).toBe('trouble')
    expect(syncWords({ ...old, oldest: NOW - DAY + 60_000 }, NOW).line).not.toContain('Unsent')
  })

  it('is not up to date while something stands refused', () => {
    expect(syncWords(status({ outbox: 2, failed: 2 }), NOW)).toEqual({ lamp: 'trouble', line: '2 changes refused' })
    expect(syncWords(status({ phase: 'syncing', outbox: 1, failed: 1 }), NOW).line).toBe('1 change refused')
    expect(syncWords(status({ phase: 'syncing', outbox: 3, failed: 1 }), NOW).line).toBe('Sending 2 changes')
  })

  it('counts what waits in any account, and keeps the state of the one in front', () => {
    const own = status({ phase: 'offline', outbox: 1, oldest: NOW - 5 })
    const folded = foldStatus(own, [status({}), status({ outbox: 2, failed: 1, oldest: NOW - 9 })])
    expect(folded).toEqual({ ...own, outbox: 3, failed: 1, oldest: NOW - 9 })
    expect(foldStatus(status({}), [status({})])).toEqual(status({}))
  })
})
