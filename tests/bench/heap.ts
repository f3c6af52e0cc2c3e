/** JS heap of a page and of its worker after a collection, by the browser's own word. */
import type { CDPSession, Page } from 'playwright'

export interface Heaps {
  readonly page: number
  readonly worker: number
}

/** In MB. */
export async function heaps(page: Page): Promise<Heaps> {
  const session = await page.context().newCDPSession(page)
  try {
    const own = await used((method) => session.send(method as 'HeapProfiler.collectGarbage'))
    return { page: own, worker: await ofWorker(session) }
  } finally {
    await session.detach()
  }
}

type Send = (method: string) => Promise<unknown>

async function used(send: Send): Promise<number> {
  // Twice: what the first one finalises is let go by the second.
  await send('HeapProfiler.collectGarbage')
  await send('HeapProfiler.collectGarbage')
  const { usedSize } = (await send('Runtime.getHeapUsage')) as { usedSize: number }
  return usedSize / 1e6
}

/** A worker is a target of its own, reached through the page's session. */
async function ofWorker(session: CDPSession): Promise<number> {
  let sessionId: string | undefined
  let next = 0
  const waiting = new Map<number, (result: unknown) => void>()
  session.on('Target.attachedToTarget', ({ sessionId: id, targetInfo }) => {
    if (targetInfo.type === 'worker') sessionId ??= id
  })
  session.on('Target.receivedMessageFromTarget', ({ sessionId: id, message }) => {
    if (id !== sessionId) return
    const { id: call, result } = JSON.parse(message) as { id?: number; result?: unknown }
    if (call !== undefined) waiting.get(call)?.(result)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  if (sessionId === undefined) throw new Error('the page has no worker')
  const target = sessionId
  return used((method) => {
    next += 1
    const id = next
    const answer = new Promise<unknown>((resolve) => waiting.set(id, resolve))
    return session
      .send('Target.sendMessageToTarget', { sessionId: target, message: JSON.stringify({ id, method }) })
      .then(() => answer)
  })
}
