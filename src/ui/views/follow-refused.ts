/** Watches all accounts for what the server refuses. What says so comes with the first such. */
import { watchRefused } from '../../state/refused-changes.ts'
import type { RefusedPlace } from '../mailbox/outbox/show-refused.ts'

/** The returned function stops, and takes the message away. */
export function followRefused(place: RefusedPlace): () => void {
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
