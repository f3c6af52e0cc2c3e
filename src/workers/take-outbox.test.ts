import { describe, expect, it, vi } from 'vitest'
import { MemoryReplica } from '../replica/memory/memory-replica.ts'
import { testClock } from '../replica/replica.contract.ts'
import type { Replica } from '../replica/replica.ts'
import { countingRandom } from '../replica/testing/counting-random.ts'
import { anEmail, setSeen } from '../replica/testing/rows.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import { settle } from '../../tests/support/manual-clock.ts'
import { takeOutbox } from './take-outbox.ts'
import { emailIdsOf } from '../mutations/mutation.ts'

const aReplica = (): Replica => new MemoryReplica({ clock: testClock(), random: countingRandom() })

/** The device's rows for these letters, in their statuses, and the memory that took them. */
async function taken(statuses: Readonly<Record<string, OutboxRow['status']>>) {
  const device = aReplica()
  const memory = aReplica()
  const epoch = await device.claimEpoch()
  for (const [id, status] of Object.entries(statuses)) {
    await device.write({ epoch }, (tx) => tx.putEmails([anEmail(id, { seen: false })]))
    const row = await device.appendMutation(setSeen(true, id))
    await device.write({ epoch }, (tx) => tx.putOutbox({ ...row, status }))
  }
  let isClosed = false
  device.close = () => {
    isClosed = true
  }
  await takeOutbox(Promise.resolve(device), memory)
  const memoryEpoch = await memory.claimEpoch()
  return {
    device,
    memory,
    isClosed: () => isClosed,
    /** As the engine does once the server has it. */
    sent: async (id: string) => {
      const row = (await memory.outbox()).find(({ mutation }) => emailIdsOf(mutation)[0] === id)
      await memory.write({ epoch: memoryEpoch }, (tx) => tx.deleteOutbox([row?.id ?? '']))
      await settle()
    },
  }
}

const named = async (replica: Replica): Promise<string[]> =>
  (await replica.outbox()).flatMap(({ mutation }) => [...emailIdsOf(mutation)])

describe('the outbox of a device without room', () => {
  it('goes on in memory, and a row leaves the device once its copy is sent', async () => {
    const { device, memory, sent, isClosed } = await taken({ a: 'queued', b: 'queued' })
    expect(await named(memory)).toEqual(['a', 'b'])
    expect(await named(device)).toEqual(['a', 'b'])
    await sent('a')
    expect(await named(device)).toEqual(['b'])
    expect(isClosed()).toBe(false)
    await sent('b')
    expect(await named(device)).toEqual([])
    expect(isClosed()).toBe(true)
  })

  it('is sent anew where the disk filled while it was being sent, and not kept to be sent later once more', async () => {
    const { device, memory, sent } = await taken({ a: 'sending' })
    expect(await memory.outbox()).toMatchObject([{ status: 'queued' }])
    await sent('a')
    expect(await named(device)).toEqual([])
  })

  it('is not said again where the server has confirmed it', async () => {
    const { device, memory, isClosed } = await taken({ a: 'sent' })
    expect(await named(memory)).toEqual([])
    expect(await named(device)).toEqual(['a'])
    expect(isClosed()).toBe(true)
  })

  it('stays on the device where a row cannot be deleted yet, until the next change', async () => {
    const { device, memory, sent } = await taken({ a: 'queued', b: 'queued' })
    const refuses = vi.spyOn(device, 'write').mockRejectedValue(new Error('busy'))
    await sent('a')
    expect(await named(device)).toEqual(['a', 'b'])
    refuses.mockRestore()
    await memory.appendMutation(setSeen(true, 'c'))
    await settle()
    expect(await named(device)).toEqual(['b'])
  })
})
