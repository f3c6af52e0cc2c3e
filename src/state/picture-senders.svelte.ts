/** Whose pictures from the internet are always shown: a setting of the account for each address. */
import { chooseSettings, liveSettings } from './account-settings.svelte.ts'
import type { Live } from './live.svelte.ts'
import type { SettingsNow } from './account-settings.svelte.ts'
import type { OpenAccount } from './open-account.ts'

const PREFIX = 'pictures/'

export class PictureSenders {
  readonly #account: Pick<OpenAccount, 'replica' | 'port'>
  readonly #live: Live<SettingsNow>
  readonly #now: () => number

  constructor(account: Pick<OpenAccount, 'replica' | 'port'>, now: () => number) {
    this.#account = account
    this.#now = now
    this.#live = liveSettings(account.replica)
  }

  /** Lower case. */
  get addresses(): readonly string[] {
    return Object.entries(this.#live.current.entries).flatMap(([name, { value }]) =>
      value === true && name.startsWith(PREFIX) ? name.slice(PREFIX.length) : [],
    )
  }

  set(address: string, isAllowed: boolean): Promise<void> {
    return chooseSettings(this.#account, { [PREFIX + address.toLowerCase()]: isAllowed || undefined }, this.#now())
  }
}
