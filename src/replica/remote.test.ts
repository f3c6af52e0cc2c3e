import { describe, expect, it, onTestFinished } from 'vitest'
import { MemoryReplica } from './memory/memory-replica.ts'
import { RemoteReplica, serveReplica } from './remote.ts'
import { replicaContract, testClock } from './replica.contract.ts'
import { countingRandom } from './testing/counting-random.ts'

replicaContract('RemoteReplica', (clock) => {
  const engine = new MemoryReplica({ clock, random: countingRandom() })
  const { port1, port2 } = new MessageChannel()
  const stop = serveReplica(engine, port1)
  const views = new RemoteReplica(port2)
  const close = (): void => {
    stop()
    views.close()
    port1.close()
  }
  return Promise.resolve({ engine, views, close })
})

describe('the port of a replica', () => {
  it('answers nothing but the reads and actions by name', async () => {
    const engine = new MemoryReplica({ clock: testClock(), random: countingRandom() })
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    serveReplica(engine, port1)
    const views = new RemoteReplica(port2)
    const answers: unknown[] = []
    port2.addEventListener('message', ({ data }) => answers.push(data))
    for (const method of ['wipe', 'write', 'constructor', '__proto__', undefined]) {
      port2.postMessage({ replica: 'ask', id: 99, method, args: [] })
    }
    port2.postMessage(null)
    await views.mailboxes()
    expect(answers).toHaveLength(1)
  })

  it('fails what is waiting when it is closed, and passes a failure on', async () => {
    const engine = new MemoryReplica({ clock: testClock(), random: countingRandom() })
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    serveReplica(engine, port1)
    const views = new RemoteReplica(port2)
    engine.close()
    await expect(views.mailboxes()).rejects.toThrow('closed')
    const waiting = views.outbox()
    views.close()
    await expect(waiting).rejects.toThrow('closed')
  })
})
