/** An account's settings as they hold: what the engine keeps, and what waits over it; and where they are kept. */
import { chosenNow, NO_SETTINGS, type KeptSettings, type SettingEntries } from '../mail/account-settings.ts'
import { effectiveSettings, isSettingsRow, setSettings } from '../mutations/set-settings.ts'
import { Live } from './live.svelte.ts'
import type { ReplicaReads } from '../replica/replica.ts'
import type { OpenAccount } from './open-account.ts'

/** `unknown`: the engine has not looked yet. `waiting`: for the server, which keeps the rest. */
type SettingsPlace = 'unknown' | 'server' | 'waiting' | NonNullable<KeptSettings['why']>

export interface SettingsNow {
  readonly entries: SettingEntries
  readonly place: SettingsPlace
  /** The name under which a file that could not be read was set aside. */
  readonly setAside: string | undefined
}

export async function readSettings(replica: ReplicaReads): Promise<SettingsNow> {
  const [kept, outbox] = await Promise.all([replica.settings(), replica.outbox()])
  const { place, why, setAside } = kept ?? NO_SETTINGS
  const isWaiting = outbox.some(isSettingsRow)
  return {
    entries: effectiveSettings(kept, outbox),
    place: !kept ? 'unknown' : place === 'device' ? (why ?? 'unknown') : isWaiting ? 'waiting' : 'server',
    setAside,
  }
}

export function liveSettings(replica: ReplicaReads): Live<SettingsNow> {
  return new Live<SettingsNow>(replica, {
    initial: { entries: {}, place: 'unknown', setAside: undefined },
    concerns: (notice) => notice.settings === true,
    read: () => readSettings(replica),
  })
}

/** The reader's choices, by name; undefined: as it was before anybody chose. `now` is the device's word on the time. */
export async function chooseSettings(
  { replica, port }: Pick<OpenAccount, 'replica' | 'port'>,
  values: Readonly<Record<string, unknown>>,
  now: number,
): Promise<void> {
  const { entries } = await readSettings(replica)
  const chosen = Object.entries(values).map(([name, value]) => [name, chosenNow(entries[name], value, now)] as const)
  await replica.appendMutation(setSettings(Object.fromEntries(chosen)))
  port.pokeOutbox()
}
