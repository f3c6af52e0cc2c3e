/** JavaScript heaps of a page and of its workers, after a collection: each worker has an isolate of its own. */
import type { CDPSession, Page } from 'playwright'

export interface Heaps {
  /** Bytes. */
  readonly page: number
  readonly workers: number
}

type Answer = Readonly<Record<string, unknown>>

/** Measures for as long as the page lives. */
export async function heapsOf(page: Page): Promise<() => Promise<Heaps>> {
  const session = await page.context().newCDPSession(page)
  const workers = new Map<string, WorkerLine>()
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.set(sessionId, new WorkerLine(session, sessionId))
  })
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId))
  // Sessions within the session: Playwright's own gives no way to one of a worker.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  return async () => {
    // Twice: what the first one finalises is let go by the second.
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.collectGarbage')
    const own = await session.send('Runtime.getHeapUsage')
    if (workers.size === 0) throw new Error('the page has no worker')
    let sum = 0
    for (const line of workers.values()) {
      await line.send('HeapProfiler.collectGarbage')
      await line.send('HeapProfiler.collectGarbage')
      sum += Number((await line.send('Runtime.getHeapUsage'))['usedSize'] ?? 0)
    }
    return { page: own.usedSize, workers: sum }
  }
}

class WorkerLine {
  readonly #session: CDPSession
  readonly #id: string
  #last = 0

  constructor(session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  send(method: string): Promise<Answer> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve) => {
      const take = ({ sessionId, message }: { sessionId: string; message: string }): void => {
        const answer = JSON.parse(message) as { id?: number; result?: Answer }
        if (sessionId !== this.#id || answer.id !== id) return
        this.#session.off('Target.receivedMessageFromTarget', take)
        resolve(answer.result ?? {})
      }
      this.#session.on('Target.receivedMessageFromTarget', take)
      void this.#session.send('Target.sendMessageToTarget', {
        sessionId: this.#id,
        message: JSON.stringify({ id, method }),
      })
    })
  }
}
