import { expect, it } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { setSettings } from '../mutations/set-settings.ts'
import { MemoryReplica } from './memory/memory-replica.ts'
import type { ChangeNotice } from './replica.ts'
import { countingRandom } from './testing/counting-random.ts'
import { setSeen } from './testing/rows.ts'

it('tells of settings where one is chosen, done or given up, and of none with anything else', async () => {
  const replica = new MemoryReplica({ clock: new ManualClock(), random: countingRandom() })
  const epoch = await replica.claimEpoch()
  const notices: ChangeNotice[] = []
  replica.subscribe((notice) => notices.push(notice))
  const told = (): boolean => notices.splice(0).some(({ settings }) => settings === true)
  const choose = (): Promise<{ readonly id: string }> =>
    replica.appendMutation(setSettings({ readDelay: { value: 3, at: 1 } }))

  const { id } = await choose()
  expect(told()).toBe(true)
  await replica.write({ epoch }, (tx) => tx.deleteOutbox([id]))
  expect(told()).toBe(true)
  const waiting = await choose()
  told()
  await replica.discardMutation(waiting.id)
  expect(told()).toBe(true)
  await replica.appendMutation(setSeen(true, 'a'))
  expect(told()).toBe(false)
})
