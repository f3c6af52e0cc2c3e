/**
 * Which keys the reader chose for this device: what is pressed, and the key that it stands for (`keys.ts`), or '' where a
 * key that comes with Postern does nothing now. So written, a press needs one look-up and no table.
 */
import type { Settings } from './settings.svelte.ts'

/** The name under which the device's settings hold them. */
export const KEYS_SETTING = 'keys'

export type ChosenKeys = Readonly<Record<string, string>>

export function chosenKeys(settings: Pick<Settings, 'chosen'>): ChosenKeys {
  const chosen: unknown = settings.chosen(undefined)[KEYS_SETTING]
  const entries: readonly [string, unknown][] = typeof chosen === 'object' && chosen ? Object.entries(chosen) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** What is pressed for the command that comes with this key; undefined where nothing is. */
export function keyNow(chosen: ChosenKeys, key: string): string | undefined {
  const pressed = Object.keys(chosen).find((other) => chosen[other] === key)
  return pressed ?? (Object.hasOwn(chosen, key) ? undefined : key)
}
