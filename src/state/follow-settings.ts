/**
 * Carries the settings of accounts, as they hold, to where this page reads them before its first row (`Settings`), and what
 * an older build had chosen there to the accounts. Fetched once the screen is at rest.
 */
import { coalesce } from './coalesce.ts'
import { readSettings } from './account-settings.svelte.ts'
import { setSettings } from '../mutations/set-settings.ts'
import { keepChosen } from './save-setting.ts'
import { unknownChoices, withSynced } from './synced-settings.ts'
import type { OpenAccount } from './open-account.ts'
import type { Settings } from './settings.svelte.ts'

/** The returned function stops. */
export function followSettings(accounts: readonly OpenAccount[], settings: Settings): () => void {
  const stops = accounts.map((account) => followAccount(account, settings))
  return () => {
    for (const stop of stops) stop()
  }
}

function followAccount(account: OpenAccount, settings: Settings): () => void {
  const { info, replica, port } = account
  let isStopped = false
  const read = coalesce(async () => {
    const { entries, place } = await readSettings(replica)
    // Before the engine has looked nobody knows what was chosen elsewhere.
    if (isStopped || place === 'unknown') return
    const chosen = settings.chosen(info.key)
    const old = Object.entries(unknownChoices(chosen, entries))
    if (old.length > 0) {
      // At no time: whatever was said of it elsewhere is later.
      await replica.appendMutation(
        setSettings(Object.fromEntries(old.map(([name, value]) => [name, { value, at: 0 }]))),
      )
      port.pokeOutbox()
      return
    }
    const next = withSynced(chosen, entries)
    if (JSON.stringify(sorted(next)) !== JSON.stringify(sorted(chosen))) keepChosen(settings, info, next)
  })
  void read()
  const unsubscribe = replica.subscribe((notice) => {
    if (notice.all || notice.settings) void read()
  })
  return () => {
    isStopped = true
    unsubscribe()
  }
}

/** Two levels are all there are. */
function sorted(chosen: Readonly<Record<string, unknown>>): unknown {
  const inOrder = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value
  return inOrder(Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, inOrder(value)])))
}
