import { expect, test } from 'vitest'
import { MemoryReplica } from '../replica/memory/memory-replica.ts'
import { testClock } from '../replica/replica.contract.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import { countingRandom } from '../replica/testing/counting-random.ts'
import { setSeen } from '../replica/testing/rows.ts'
import { openingReplica } from './page-replica.ts'

const aReplica = (): MemoryReplica => new MemoryReplica({ clock: testClock(), random: countingRandom() })

test('a page that leaves the disk reads and acts in memory, and its views go on hearing', async () => {
  const disk = aReplica()
  const memory = aReplica()
  const page = openingReplica(
    'account',
    () => Promise.resolve(disk),
    undefined,
    () => Promise.resolve(memory),
  )
  const heard: ChangeNotice[] = []
  page.subscribe((notice) => heard.push(notice))
  await page.appendMutation(setSeen(true, 'a'))
  expect(await disk.outbox()).toHaveLength(1)
  expect(heard).toHaveLength(1)

  page.leaveDisk()
  expect(await page.outbox()).toEqual([])
  await page.appendMutation(setSeen(true, 'b'))
  await memory.appendMutation(setSeen(true, 'c'))
  expect(await disk.outbox()).toHaveLength(1)
  expect(await page.outbox()).toHaveLength(2)
  expect(heard).toHaveLength(3)
})

test('what a mute disk was asked before it was left is answered by memory, but for actions', async () => {
  const never = new Promise<never>(() => undefined)
  const disk = Object.assign(aReplica(), { outbox: () => never, appendMutation: () => never })
  const memory = aReplica()
  const page = openingReplica(
    'account',
    () => Promise.resolve(disk),
    undefined,
    () => Promise.resolve(memory),
  )
  const read = page.outbox()
  let isWritten = false
  void page.appendMutation(setSeen(true, 'a')).then(() => (isWritten = true))
  await Promise.resolve()

  page.leaveDisk()
  expect(await read).toEqual([])
  expect(await page.outbox()).toEqual([])
  expect(isWritten).toBe(false)
})
