/** What the foot line says of an account's state; what to do about it is in `sync-advice.ts`. */
import { asOf } from '../../i18n/dates.ts'
import { sync } from '../../i18n/en/sync.ts'
import type { AccountStatus, SyncProblem } from '../../sync/engine-port.ts'

export interface SyncWords {
  readonly lamp: '' | 'busy' | 'offline' | 'trouble'
  readonly line: string
}

/** Whatever waits longer must not go unseen (R28). */
const LONG_MS = 86_400_000

export function syncWords(status: AccountStatus, now: number): SyncWords {
  const { oldest, phase } = status
  const words = stateWords(status, now)
  if (oldest === undefined || now - oldest < LONG_MS) return words
  const since = sync.unsentSince(asOf(oldest, now))
  const isAway = phase === 'offline' || phase === 'error'
  return { lamp: 'trouble', line: isAway ? `${since}. ${words.line}` : since }
}

/** One status for the line of all accounts: the state of the one in front, and what waits in any. */
export function foldStatus(own: AccountStatus, others: readonly AccountStatus[]): AccountStatus {
  const all = [own, ...others]
  const oldest = all.flatMap((status) => status.oldest ?? [])
  return {
    ...own,
    outbox: all.reduce((sum, status) => sum + status.outbox, 0),
    failed: all.reduce((sum, status) => sum + status.failed, 0),
    ...(oldest.length > 0 ? { oldest: Math.min(...oldest) } : {}),
  }
}

function stateWords(status: AccountStatus, now: number): SyncWords {
  const time = status.syncedAt === undefined ? undefined : asOf(status.syncedAt, now)
  switch (status.phase) {
    case 'offline':
      return { lamp: 'offline', line: time === undefined ? sync.offline : sync.offlineAsOf(time) }
    case 'error':
      // Something else answers in the server's place, such as the sign-in page of a network: no mail comes through.
      if (status.problem?.kind === 'protocol' && time !== undefined)
        return { lamp: 'offline', line: sync.offlineAsOf(time) }
      return problemWords(status.problem)
    case 'starting':
      return { lamp: 'busy', line: sync.starting }
    case 'syncing':
      if (status.outbox > status.failed) return { lamp: 'busy', line: sync.sending(status.outbox - status.failed) }
      if (status.failed > 0) return refusedWords(status)
      return time === undefined ? { lamp: 'busy', line: sync.fetching } : { lamp: '', line: sync.upToDateAt(time) }
    case 'ready':
      // Nothing is kept, for lack of room.
      if (status.problem) return problemWords(status.problem)
      if (status.failed > 0) return refusedWords(status)
      return { lamp: '', line: time === undefined ? sync.upToDate : sync.upToDateAt(time) }
  }
}

function refusedWords({ failed }: AccountStatus): SyncWords {
  return { lamp: 'trouble', line: sync.refused(failed) }
}

function problemWords(problem: SyncProblem | undefined): SyncWords {
  if (problem?.kind === 'busy') {
    const seconds = problem.retryInMs === undefined ? 0 : Math.ceil(problem.retryInMs / 1000)
    return { lamp: 'trouble', line: seconds > 0 ? sync.busyIn(seconds) : sync.busy }
  }
  const kind = problem?.kind ?? 'server'
  return { lamp: kind === 'unauthorized' ? 'offline' : 'trouble', line: sync[kind] }
}
