import { afterEach, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { followSettings } from './follow-settings.ts'
import { saveForAccount } from './save-setting.ts'
import { Settings, type SettingsStore } from './settings.svelte.ts'

let stop: () => void = () => undefined
afterEach(() => {
  stop()
})

class Kept implements SettingsStore {
  readonly #texts = new Map<string, string>()
  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null
  }
  setItem(key: string, text: string): void {
    this.#texts.set(key, text)
  }
}

it('what is being chosen is not put back by what held before, for as long as it takes to be durable', async () => {
  const account = new ThreadAccount(new ManualClock())
  const { replica, info } = account.open
  const tell = (): Promise<unknown> =>
    account.write((tx) => {
      tx.putSettings({ server: { readDelay: { value: null, at: 5 } }, here: {}, place: 'server' })
      return Promise.resolve()
    })
  await tell()
  const settings = new Settings(new Kept())
  stop = followSettings([account.open], settings)
  await settle()
  expect(settings.get('readDelay', info.key)).toBe(null)

  const append = replica.appendMutation.bind(replica)
  const slow = Promise.withResolvers<undefined>()
  vi.spyOn(replica, 'appendMutation').mockImplementation(async (mutation) => {
    await slow.promise
    return append(mutation)
  })
  saveForAccount(settings, account.open, { name: 'readDelay', value: 0 }, 9)
  await tell()
  await settle()
  expect(settings.get('readDelay', info.key)).toBe(0)

  slow.resolve(undefined)
  await settle()
  expect(settings.get('readDelay', info.key)).toBe(0)
  expect(await replica.outbox()).toMatchObject([{ mutation: { entries: { readDelay: { value: 0 } } } }])
})
