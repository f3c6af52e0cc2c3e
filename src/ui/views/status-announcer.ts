/** Says when the connection goes and comes back: politely, at most once a minute. */
import { sync as t } from '../../i18n/en/sync.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Announce } from '../../state/contexts.ts'
import type { AccountStatus } from '../../sync/engine-port.ts'

const SAY_EVERY_MS = 60_000

export function statusAnnouncer(clock: Clock, announce: Announce): (status: AccountStatus) => void {
  let wasOffline = false
  let saidAt = -Infinity
  return ({ phase }) => {
    const isOffline = phase === 'offline'
    if (isOffline === wasOffline || clock.monotonic() - saidAt < SAY_EVERY_MS) return
    wasOffline = isOffline
    saidAt = clock.monotonic()
    announce(isOffline ? t.offline : t.backOnline)
  }
}
