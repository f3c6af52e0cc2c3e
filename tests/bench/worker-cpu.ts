/**
 * Processor time of the app's workers. CPU throttling slows a page's thread and leaves worker threads alone, so what a
 * worker does beside a throttled figure is said next to it. Read from Linux' scheduler, thread by thread.
 */
import { readdir, readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'

/** Milliseconds that all dedicated workers of the browser have run until now; undefined where nobody keeps count. */
export async function workerCpu(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const times = await Promise.all(
    processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => timeOfWorkers(`/proc/${String(id)}/task`)),
  )
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, time) => sum + time, 0)
}

async function timeOfWorkers(tasks: string): Promise<number | undefined> {
  const threads = await readdir(tasks).catch(() => undefined)
  if (!threads) return undefined
  let nanoseconds = 0
  for (const thread of threads) {
    const name = await readFile(`${tasks}/${thread}/comm`, 'utf8').catch(() => '')
    if (!name.startsWith('DedicatedWorker')) continue
    const ran = await readFile(`${tasks}/${thread}/schedstat`, 'utf8').catch(() => '0')
    nanoseconds += Number(ran.split(' ')[0])
  }
  return nanoseconds / 1e6
}

/** Runs `work` and says what the workers took of the processor meanwhile, for each of its `count` samples. */
export async function besideWorkers<T>(
  browser: Browser,
  count: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly note: string }> {
  const before = await workerCpu(browser)
  const value = await work()
  const after = await workerCpu(browser)
  if (before === undefined || after === undefined) return { value, note: 'worker time not known on this system' }
  return { value, note: `worker ${String(Math.round((after - before) / count))} ms of processor each` }
}
