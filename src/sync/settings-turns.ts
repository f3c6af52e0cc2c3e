/** When the account's settings are looked at in the server's file store (`settings/`), beside what moves mail. */
import { loadCode } from '../jmap/load-code.ts'
import type { OutboxRow } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import { SETTINGS_EVERY_MS } from './engine-timers.ts'

/** As `isSettingsRow`, without what comes with that. */
export const isOfSettings = ({ mutation }: OutboxRow): boolean => mutation.type === 'setSettings'

export class SettingsTurns {
  readonly #ctx: AccountContext
  /** Of the server's file store, as it was left; its echo is no news. */
  #state: string | undefined
  #last = -Infinity

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
  }

  get hasLooked(): boolean {
    return this.#last > -Infinity
  }

  get isOld(): boolean {
    return this.#ctx.deps.clock.monotonic() - this.#last > SETTINGS_EVERY_MS
  }

  /** Whether a StateChange (RFC 8620 §7.1) tells of files that are not as they were left. */
  isNews({ FileNode: state }: Readonly<Record<string, string>>): boolean {
    return state !== undefined && state !== this.#state
  }

  /** Answers whether something waits for another turn. Rejects where the code does not arrive. */
  async run(): Promise<boolean> {
    this.#last = this.#ctx.deps.clock.monotonic()
    const { syncSettings } = await loadCode(() => import('./settings/sync-settings.ts'))
    const { state, hasRetry } = await syncSettings(this.#ctx)
    this.#state = state
    return hasRetry
  }
}
