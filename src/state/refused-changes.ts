/** Hears of what the server refuses from now on: once for all that one answer refused. */
import { coalesce } from './coalesce.ts'
import type { OpenAccount } from './open-account.ts'
import type { OutboxRow } from '../mutations/mutation.ts'

/** What was refused before was told by whoever watched then. The returned function stops. */
export function watchRefused(
  { replica, port }: Pick<OpenAccount, 'replica' | 'port'>,
  onRefused: (rows: readonly OutboxRow[]) => void,
): () => void {
  let known: ReadonlySet<string> | undefined
  let isStopped = false
  const look = coalesce(async () => {
    const failed = (await replica.outbox()).filter((row) => row.status === 'failed')
    const fresh = known === undefined ? [] : failed.filter((row) => known?.has(row.id) === false)
    known = new Set(failed.map((row) => row.id))
    if (fresh.length > 0 && !isStopped) onRefused(fresh)
  })
  void look()
  let count = port.status.failed
  const stop = port.onStatus(({ failed }) => {
    if (failed === count) return
    count = failed
    void look()
  })
  return () => {
    isStopped = true
    stop()
  }
}
