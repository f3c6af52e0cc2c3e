/** What the reader has chosen. Read where it is needed; `save-setting.ts`, which writes it, comes with its pages. */
import { settingsTable } from './settings-table.ts'
import type { SettingName, SettingOwner, SettingValue } from './settings-table.ts'

/** Where choices are kept as text, one JSON object for the device and one for each account. */
export type SettingsStore = Pick<Storage, 'getItem' | 'setItem'>

export function settingsKey(accountKey: string | undefined): string {
  return 'postern:settings' + (accountKey ? `/${accountKey}` : '')
}

export class Settings {
  /** Undefined where the browser keeps nothing. */
  store: SettingsStore | undefined
  #changes = $state.raw(0)

  constructor(store: SettingsStore | undefined) {
    this.store = store
  }

  /** The choice as it stands; the table's default where there is none, or none that this version knows. */
  get<Name extends SettingName>(name: Name, ...[accountKey]: SettingOwner<Name>): SettingValue<Name> {
    const { choices, default: fallback } = settingsTable[name]
    const chosen = this.chosen(accountKey)[name]
    const known = choices.find((choice) => choice === chosen)
    return known === undefined ? fallback : known
  }

  /** All that was chosen for the device or an account, whatever it is. */
  chosen(accountKey: string | undefined): Readonly<Record<string, unknown>> {
    const _changes = this.#changes
    try {
      return Object(JSON.parse(this.store?.getItem(settingsKey(accountKey)) ?? '')) as Record<string, unknown>
    } catch {
      return {}
    }
  }

  /** Something was chosen, in this tab or another. */
  didChange(): void {
    this.#changes += 1
  }
}
