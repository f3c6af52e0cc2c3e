/** What the reader chose of an account's settings, as an intent; what is shown is what the engine keeps, and these over it. */
import { mergeSettings, NO_SETTINGS, type KeptSettings, type SettingEntries } from '../mail/account-settings.ts'
import type { Mutation, OutboxRow, SetSettings } from './mutation.ts'

/** `was`: the same entries as they were, of what can be taken back. */
export function setSettings(entries: SettingEntries, was?: SettingEntries): SetSettings {
  return { type: 'setSettings', entries, ...(was && { was }), emailIds: [], blobIds: [] }
}

/** A choice of its own, later than the one that it takes back: of two devices the last one holds. */
export function inverseOfSetSettings({ entries, was }: SetSettings): SetSettings | undefined {
  if (!was) return undefined
  const back = Object.entries(entries).map(([name, { at }]) => [name, { ...was[name], at: at + 1 }] as const)
  return setSettings(Object.fromEntries(back), entries)
}

export interface SettingsRow extends OutboxRow {
  readonly mutation: SetSettings
}

export function isSettingsRow(row: OutboxRow): row is SettingsRow {
  return row.mutation.type === 'setSettings'
}

/** Kept and pending together. What was refused waits for the reader in the outbox, and counts no more. */
export function effectiveSettings(kept: KeptSettings | undefined, outbox: readonly OutboxRow[]): SettingEntries {
  const { server, here } = kept ?? NO_SETTINGS
  const pending = outbox.filter(isSettingsRow).filter(({ status }) => status !== 'failed')
  return mergeSettings(server, here, ...pending.map(({ mutation }) => mutation.entries))
}

/** The newer one says the last word on all that the older one says. */
export function supersedesSettings(newer: SetSettings, older: Mutation): boolean {
  return older.type === 'setSettings' && Object.keys(older.entries).every((name) => Object.hasOwn(newer.entries, name))
}
