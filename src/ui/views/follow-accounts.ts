/** Watches all accounts: for what the server refuses, and for their settings. What says or does so comes when it is needed. */
import { watchRefused } from '../../state/refused-changes.ts'
import type { Settings } from '../../state/settings.svelte.ts'
import type { RefusedPlace } from '../mailbox/outbox/show-refused.ts'

/** The returned function stops, and takes the message away. */
export function followAccounts(place: RefusedPlace, settings: Settings): () => void {
  const stops = [followRefused(place), followSettings(place, settings)]
  return () => {
    for (const stop of stops) stop()
  }
}

/** When all else is at rest; sooner where the engine has heard of other settings. */
const SETTINGS_AFTER_MS = 10_000

function followSettings({ accounts, clock }: RefusedPlace, settings: Settings): () => void {
  let stop: (() => void) | undefined
  let isStopped = false
  const follow = (): void => {
    import('../../state/follow-settings.ts').then(
      (code) => {
        if (!isStopped) stop ??= code.followSettings(accounts, settings)
      },
      // Its code did not arrive: what was chosen here before holds until there is more to hear.
      () => undefined,
    )
  }
  const leave = [
    clock.after(SETTINGS_AFTER_MS, follow),
    ...accounts.map(({ replica }) => replica.subscribe((notice) => notice.settings && !stop && follow())),
  ]
  return () => {
    isStopped = true
    for (const each of leave) each()
    stop?.()
  }
}

function followRefused(place: RefusedPlace): () => void {
  let close: () => void = () => undefined
  let isStopped = false
  const stops = place.accounts.map((account) =>
    watchRefused(account, (rows) => {
      void import('./later-parts.ts')
        .then(async ({ showRefused }) => {
          if (isStopped) return
          // One message: the newest. All of them are listed behind it.
          close()
          close = await showRefused(account, rows, place)
        })
        // Its code did not arrive: the foot line says that something was refused.
        .catch(() => undefined)
    }),
  )
  return () => {
    isStopped = true
    close()
    for (const stop of stops) stop()
  }
}
