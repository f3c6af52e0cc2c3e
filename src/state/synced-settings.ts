/** Which choices belong to an account wherever its reader is, and under which names its settings hold them. */
import type { SettingEntries } from '../mail/account-settings.ts'
import { AFTER_FILING } from './after-filing.ts'
import { LABELS_SETTING } from './labels.ts'
import { MAILBOXES_SETTING } from './mailbox-settings.ts'
import { swipeName } from './swipe-choice.ts'

/** Of `settings-table.ts`, and those beside it. What is kept on a device is the device's business. */
const NAMES: readonly string[] = [
  ...['conversations', 'readDelay', 'hideDeleted', 'cutTracking'],
  ...[AFTER_FILING, swipeName('start'), swipeName('end')],
]

type Chosen = Readonly<Record<string, unknown>>

export function isSynced(name: string): boolean {
  return NAMES.includes(name)
}

export function labelSetting(key: string): string {
  return `${LABELS_SETTING}/${key}`
}

/** Entries of one thing each, which this device keeps together under one name. */
const GROUPS: readonly string[] = [LABELS_SETTING, MAILBOXES_SETTING]

/** As this device shows them at once at its next start: its own choices, and the account's as they hold. */
export function withSynced(chosen: Chosen, entries: SettingEntries): Chosen {
  const own = Object.entries(chosen).filter(([name]) => !isSynced(name) && !GROUPS.includes(name))
  const values = Object.entries(entries).filter(([, { value }]) => value !== undefined)
  const synced = values.filter(([name]) => isSynced(name)).map(([name, { value }]) => [name, value] as const)
  const groups = GROUPS.flatMap((group) => {
    const of = values
      .filter(([name]) => name.startsWith(`${group}/`))
      .map(([name, { value }]) => [name.slice(group.length + 1), value] as const)
    return of.length > 0 ? [[group, Object.fromEntries(of)] as const] : []
  })
  return Object.fromEntries([...own, ...synced, ...groups])
}

/** What was chosen here before there was an account's file, and nobody has chosen since. */
export function unknownChoices(chosen: Chosen, entries: SettingEntries): Readonly<Record<string, unknown>> {
  const grouped = GROUPS.flatMap((group) =>
    Object.entries(Object(chosen[group]) as object).map(
      ([key, choice]) => [`${group}/${key}`, choice as unknown] as const,
    ),
  )
  const all = [...Object.entries(chosen).filter(([name]) => isSynced(name)), ...grouped]
  return Object.fromEntries(all.filter(([name]) => !Object.hasOwn(entries, name)))
}
