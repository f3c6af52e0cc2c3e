/** The 250 hostile mails in Chromium, every counter at 0. All engines: `npm run test:hostile`. */
import { expect, test } from '@playwright/test'
import { join } from 'node:path'
import { noCounts } from '../hostile/counts.ts'
import { runHostile } from '../hostile/run.ts'

test('no hostile mail runs, loads, opens, covers or changes anything', async () => {
  test.setTimeout(180_000)
  const report = await runHostile({
    corpus: join(import.meta.dirname, '../fixtures/hostile'),
    engines: ['chromium'],
    log: () => undefined,
  })
  expect(report.incomplete).toEqual([])
  expect(report.failures).toEqual([])
  expect(report.counts).toEqual(noCounts())
  expect(report.driven['view']?.['chromium']).toBe(250)
})
