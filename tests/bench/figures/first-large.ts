/**
 * first.large: rows of an account of 20,000 beside rows of one of 500. sync.all: all its headers on the device, beside a
 * page that does no more than fetch and store them. Both on Cyrus, in memory where the system has that.
 */
import { serveUpstream } from '../../../demo/http/serve.ts'
import { appendMail } from '../../servers/append-mail.ts'
import { inMemory, startCyrus, whyNoCyrus, type CyrusServer } from '../../servers/cyrus.ts'
import { demoMail } from '../../servers/demo-mail.ts'
import type { BenchContext } from '../context.ts'
import { median, ratio, type Figure } from '../figure.ts'
import { floorSite } from '../floor-site.ts'
import { whenKept } from '../kept.ts'
import { timeApp, timeFloorPage } from './first.ts'

const LARGE = { user: 'alice', password: 'alice-secret' }
const SMALL = { user: 'bob', password: 'bob-secret' }
const COUNT = 20_000
/** A start is a quarter of a second and varies by half of that: of five, the median may fall anywhere. */
const STARTS = 11
/** All of it is kept by the default, which is 90 days. */
const SPAN_DAYS = 80

export async function firstLargeFigures(bench: BenchContext, wanted: (name: string) => boolean): Promise<Figure[]> {
  const why = whyNoCyrus()
  if (why) throw new Error(why)
  const cyrus = await startCyrus([LARGE.user, SMALL.user], inMemory)
  try {
    const mail = demoMail(COUNT, SPAN_DAYS)
    await Promise.all([
      appendMail({ url: cyrus.url, ...LARGE }, mail),
      appendMail({ url: cyrus.url, ...SMALL }, mail.slice(-500)),
    ])
    return [
      ...(wanted('first.large') ? [await firstLarge(bench, cyrus)] : []),
      ...(wanted('sync.all') ? [await syncAll(bench, cyrus)] : []),
    ]
  } finally {
    await cyrus.stop()
  }
}

async function firstLarge(bench: BenchContext, cyrus: CyrusServer): Promise<Figure> {
  const site = await serveUpstream(new URL(cyrus.url))
  try {
    const [small, large]: [number[], number[]] = [[], []]
    for (let run = 0; run < Math.max(STARTS, bench.runs); run++) {
      small.push(await timeApp(bench, site.url, SMALL))
      large.push(await timeApp(bench, site.url, LARGE))
    }
    return ratio('first.large', large, small, 1.2, undefined, `${String(COUNT)} messages over 500`)
  } finally {
    await site.close()
  }
}

async function syncAll(bench: BenchContext, cyrus: CyrusServer): Promise<Figure> {
  const floor = await floorSite('sync', cyrus.url)
  const site = await serveUpstream(new URL(cyrus.url))
  try {
    const [floors, values]: [number[], number[]] = [[], []]
    // A run takes the better part of a minute, most of it the server's: three are enough.
    for (let run = 0; run < Math.min(3, bench.runs); run++) {
      floors.push(await timeFloorPage(bench, { url: floor.url, ...LARGE, mark: 'floor:synced' }))
      values.push(await timeAll(bench, site.url))
    }
    bench.seenFloors['sync.all'] = median(floors)
    return ratio('sync.all', values, floors, 3, bench.recordedFloors['sync.all'], `${String(COUNT)} headers`)
  } finally {
    await site.close()
    floor.close()
  }
}

async function timeAll(bench: BenchContext, url: string): Promise<number> {
  let all = Number.NaN
  await timeApp(bench, url, LARGE, async (page, start) => {
    all = (await whenKept(page, 'emails', COUNT)) - start
  })
  return all
}
