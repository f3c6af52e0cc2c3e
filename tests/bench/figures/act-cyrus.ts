/** act.*.cyrus: the same keys on the same rows as on the demo server, in an Inbox of 20,000 messages on Cyrus. */
import { serveUpstream } from '../../../demo/http/serve.ts'
import { appendMail } from '../../servers/append-mail.ts'
import { inMemory, startCyrus, whyNoCyrus } from '../../servers/cyrus.ts'
import { demoMail } from '../../servers/demo-mail.ts'
import { TRIP_MS, type BenchContext } from '../context.ts'
import type { Figure } from '../figure.ts'
import { waitForKept } from '../large-site.ts'
import { slowProxy } from '../slow-proxy.ts'
import { ACT_FIGURES, pressFigures } from './act.ts'
import { ACT_MANY_FIGURES, manyFigures } from './act-many.ts'
import { timeApp } from './first.ts'

const OF = '.cyrus'
export const ACT_CYRUS_FIGURES = [...ACT_FIGURES, ...ACT_MANY_FIGURES].map((name) => name + OF)

const ACCOUNT = { user: 'alice', password: 'alice-secret' }
const COUNT = 20_000
/** As on the demo server some thousands are of the last 90 days, which are kept by default, letters and all. */
const SPAN_DAYS = 500

export async function actCyrusFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const why = whyNoCyrus()
  if (why) throw new Error(why)
  const cyrus = await startCyrus([ACCOUNT.user], inMemory)
  const site = await serveUpstream(new URL(cyrus.url))
  const proxy = await slowProxy(site.url, TRIP_MS)
  try {
    await appendMail({ url: cyrus.url, ...ACCOUNT }, demoMail(COUNT, SPAN_DAYS))
    const figures: Figure[] = []
    await timeApp(bench, proxy.url, ACCOUNT, async (page) => {
      await waitForKept(page)
      figures.push(...(await pressFigures(bench, page, wanted, OF)))
      if (ACT_MANY_FIGURES.some((name) => wanted(name + OF))) figures.push(...(await manyFigures(bench, page, OF)))
    })
    return figures
  } finally {
    await proxy.close()
    await site.close()
    await cyrus.stop()
  }
}
