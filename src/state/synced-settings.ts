/** Which choices belong to an account wherever its reader is, and under which names its settings hold them. */
import type { SettingEntries } from '../mail/account-settings.ts'
import { AFTER_FILING } from './after-filing.ts'
import { LABELS_SETTING } from './labels.ts'
import { swipeName } from './swipe-choice.ts'

/** Of `settings-table.ts`, and those beside it. What is kept on a device is the device's business. */
const NAMES: readonly string[] = [
  ...['conversations', 'readDelay', 'hideDeleted', 'cutTracking'],
  ...[AFTER_FILING, swipeName('start'), swipeName('end')],
]
const LABEL = 'labels/'

type Chosen = Readonly<Record<string, unknown>>

export function isSynced(name: string): boolean {
  return NAMES.includes(name)
}

export function labelSetting(key: string): string {
  return LABEL + key
}

/** As this device shows them at once at its next start: its own choices, and the account's as they hold. */
export function withSynced(chosen: Chosen, entries: SettingEntries): Chosen {
  const own = Object.entries(chosen).filter(([name]) => !isSynced(name) && name !== LABELS_SETTING)
  const values = Object.entries(entries).filter(([, { value }]) => value !== undefined)
  const synced = values.filter(([name]) => isSynced(name)).map(([name, { value }]) => [name, value] as const)
  const labels = values
    .filter(([name]) => name.startsWith(LABEL))
    .map(([name, { value }]) => [name.slice(LABEL.length), value] as const)
  const kept = labels.length > 0 ? [[LABELS_SETTING, Object.fromEntries(labels)] as const] : []
  return Object.fromEntries([...own, ...synced, ...kept])
}

/** What was chosen here before there was an account's file, and nobody has chosen since. */
export function unknownChoices(chosen: Chosen, entries: SettingEntries): Readonly<Record<string, unknown>> {
  const labels = Object.entries(Object(chosen[LABELS_SETTING]) as object).map(
    ([key, choice]) => [labelSetting(key), choice as unknown] as const,
  )
  const all = [...Object.entries(chosen).filter(([name]) => isSynced(name)), ...labels]
  return Object.fromEntries(all.filter(([name]) => !Object.hasOwn(entries, name)))
}
