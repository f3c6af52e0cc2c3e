/** How many conversations are flagged in any mailbox: asked of the server, and offline found in what is kept. */
import { ListMatches } from './list-matches.ts'
import type { OpenAccount } from './open-account.ts'
import { FLAGGED, isPassedOver } from '../mail/list.ts'
import { toFilter } from '../mail/narrowing.ts'
import type { Clock } from '../platform/clock.ts'

/** Changes come in bursts, and a server's index is late (M34). */
const SETTLE_MS = 2_000

export interface FollowFlaggedInput {
  readonly account: OpenAccount
  readonly clock: Clock
  /** False: messages are counted, as they are listed. */
  readonly collapseThreads: boolean
  /** What is marked as deleted is not counted, as it is not listed. */
  readonly hidesDeleted: boolean
  readonly onCount: (count: number) => void
}

/** Tells the number, and again when it may be another. The returned function stops. */
export function followFlagged({
  account,
  clock,
  collapseThreads,
  hidesDeleted,
  onCount,
}: FollowFlaggedInput): () => void {
  const { replica, port } = account
  const query = {
    mailboxId: FLAGGED,
    ...(!collapseThreads && { collapseThreads }),
    ...(hidesDeleted && { hidesDeleted }),
  }
  let isOffline: boolean | undefined
  let isCounted = false
  let cancel: (() => void) | undefined
  let isStopped = false

  async function countKept(): Promise<number> {
    const matches = new ListMatches(replica, query)
    await matches.scan(() => undefined)
    return matches.all.length
  }

  async function askServer(): Promise<number | undefined> {
    const passedOver = (await replica.mailboxes()).filter(({ role }) => isPassedOver(role)).map(({ id }) => id)
    return port.fetchTotal({ ...query, filter: toFilter(query, passedOver) })
  }

  async function count(): Promise<void> {
    // Whatever could not be counted is counted with the next change.
    const number = await (port.status.phase === 'offline' ? countKept() : askServer()).catch(() => undefined)
    if (isStopped || number === undefined) return
    isCounted = true
    onCount(number)
  }

  function later(ms: number): void {
    cancel ??= clock.after(ms, () => {
      cancel = undefined
      void count()
    })
  }

  function look(): void {
    const { phase } = port.status
    // Another one to ask: what nobody could say before, or only part of it.
    if (isOffline !== (phase === 'offline')) isCounted = false
    isOffline = phase === 'offline'
    if (!isCounted && (phase === 'ready' || phase === 'offline')) later(0)
  }

  const stop = [
    replica.subscribe(({ emailIds, all }) => {
      // Older mail that is brought here was counted before.
      if (all || (emailIds && !port.status.isFilling)) later(SETTLE_MS)
    }),
    port.onStatus(look),
  ]
  look()
  return () => {
    isStopped = true
    cancel?.()
    for (const each of stop) each()
  }
}
