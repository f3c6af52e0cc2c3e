import { describe, expect, it, vi } from 'vitest'
import type { FromWorker, ToWorker } from '../sync/wire.ts'
import { LateWorker } from './late-worker.ts'

function setUp() {
  const posted: ToWorker[] = []
  const real = {
    onmessage: null as ((event: MessageEvent<FromWorker>) => void) | null,
    postMessage: (message: ToWorker) => posted.push(message),
    terminate: vi.fn(),
  }
  const create = vi.fn(() => real as unknown as Worker)
  return { late: new LateWorker(create), create, posted, real }
}

const start: ToWorker = { k: 'page', event: 'visible' }
const attention: ToWorker = { k: 'account', id: 1, account: 'a', method: 'setAttention', args: [] }

describe('a worker that starts after the first rows', () => {
  it('is not created by what nobody waits for', () => {
    const { late, create } = setUp()
    late.postMessage(start)
    late.postMessage(attention)
    late.postMessage({ k: 'page', event: 'visible' })
    expect(create).not.toHaveBeenCalled()
  })

  it('gets everything in order once it starts', () => {
    const { late, posted } = setUp()
    late.postMessage(start)
    late.postMessage(attention)
    late.start()
    late.postMessage({ k: 'page', event: 'hidden' })
    expect(posted.map(({ k }) => k)).toEqual(['page', 'account', 'page'])
  })

  it.each<ToWorker>([
    { k: 'engine', id: 1, method: 'signIn', args: [] },
    { k: 'account', id: 1, account: 'a', method: 'fetchBodies', args: [] },
    { k: 'replica', account: 'a' },
  ])('starts at once for a question: $k', (message) => {
    const { late, create, posted } = setUp()
    late.postMessage(start)
    late.postMessage(message)
    expect(create).toHaveBeenCalledOnce()
    expect(posted).toEqual([start, message])
  })

  it('passes on what the worker says, and starts once', () => {
    const { late, create, real } = setUp()
    const heard = vi.fn()
    late.onmessage = heard
    late.start()
    late.start()
    real.onmessage?.({ data: { k: 'accounts', accounts: [] } } as unknown as MessageEvent<FromWorker>)
    expect(create).toHaveBeenCalledOnce()
    expect(heard).toHaveBeenCalledOnce()
  })

  it('ends where it runs, and nothing where it does not', () => {
    const { late, real, create } = setUp()
    late.end()
    expect(create).not.toHaveBeenCalled()
    late.start()
    late.end()
    expect(real.terminate).toHaveBeenCalledOnce()
  })
})
