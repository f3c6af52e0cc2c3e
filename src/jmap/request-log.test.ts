import { expect, test } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { JmapError } from './errors.ts'
import { RequestLog } from './request-log.ts'

test('the last 50 requests are kept, with what they took and how they ended', async () => {
  const clock = new ManualClock()
  const log = new RequestLog(clock)
  const at = clock.now()
  await log.watch(['Email/get', 'Email/set'], async () => {
    await clock.advance(120)
    const refused = { notUpdated: { M1: { type: 'forbidden', description: 'secret' } }, updated: { M2: null } }
    return {
      byCall: new Map([
        ['a', [{ ok: false, type: 'unknownMethod', description: 'secret' }]],
        ['b', [{ ok: true, name: 'Email/set', args: refused }]],
      ]),
    }
  })
  expect(log.entries).toEqual([
    {
      at,
      methods: ['Email/get', 'Email/set'],
      ms: 120,
      status: 200,
      failure: undefined,
      errors: ['unknownMethod', 'forbidden'],
    },
  ])
  const busy = new JmapError('busy', 'The server asks to wait', { status: 429 })
  await expect(log.watch(['Email/query'], () => Promise.reject(busy))).rejects.toBe(busy)
  expect(log.entries.at(-1)).toMatchObject({ methods: ['Email/query'], status: 429, failure: 'busy', errors: [] })
  for (let more = 0; more < 60; more += 1) await log.watch([`n${String(more)}`], () => Promise.resolve({}))
  expect(log.entries.map((entry) => entry.methods[0])).toEqual(
    Array.from({ length: 50 }, (_, at) => `n${String(at + 10)}`),
  )
})
