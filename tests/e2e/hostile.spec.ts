/** The 250 hostile mails in Chromium, every counter at 0. All engines: `npm run test:hostile`. */
import { expect, test } from '@playwright/test'
import { join } from 'node:path'
import { noCounts } from '../hostile/counts.ts'
import { runHostile, type Route } from '../hostile/run.ts'

for (const route of ['pipeline', 'app'] satisfies Route[]) {
  test(`no hostile mail runs, loads, opens, covers or changes anything: ${route}`, async () => {
    test.setTimeout(240_000)
    const report = await runHostile({
      corpus: join(import.meta.dirname, '../fixtures/hostile'),
      engines: ['chromium'],
      routes: [route],
      log: () => undefined,
    })
    expect(report.incomplete).toEqual([])
    expect(report.failures).toEqual([])
    expect(report.counts).toEqual(noCounts())
    expect(report.driven[route === 'app' ? 'view' : 'pipeline']?.['chromium']).toBe(250)
  })
}
