/** What the foot line and its panel say of an account's state. */
import { asOf } from '../../i18n/dates.ts'
import { t } from '../../i18n/text.ts'
import type { AccountStatus, SyncProblem } from '../../sync/engine-port.ts'

export interface SyncWords {
  readonly lamp: '' | 'busy' | 'offline' | 'trouble'
  readonly line: string
  /** What to do, where there is something to do. */
  readonly advice?: string
}

export function syncWords(status: AccountStatus, now: number): SyncWords {
  const { sync } = t
  const time = status.syncedAt === undefined ? undefined : asOf(status.syncedAt, now)
  switch (status.phase) {
    case 'offline':
      return { lamp: 'offline', line: time === undefined ? sync.offline : sync.offlineAsOf(time) }
    case 'error':
      return status.problem
        ? problemWords(status.problem)
        : { lamp: 'trouble', line: sync.server, advice: sync.serverHow }
    case 'starting':
      return { lamp: 'busy', line: sync.starting }
    case 'syncing':
      if (status.outbox > status.failed) return { lamp: 'busy', line: sync.sending(status.outbox - status.failed) }
      return time === undefined ? { lamp: 'busy', line: sync.fetching } : { lamp: '', line: sync.upToDateAt(time) }
    case 'ready':
      return { lamp: '', line: time === undefined ? sync.upToDate : sync.upToDateAt(time) }
  }
}

function problemWords(problem: SyncProblem): SyncWords {
  const { sync } = t
  switch (problem.kind) {
    case 'busy': {
      const seconds = problem.retryInMs === undefined ? 0 : Math.ceil(problem.retryInMs / 1000)
      return { lamp: 'trouble', line: seconds > 0 ? sync.busyIn(seconds) : sync.busy }
    }
    case 'unauthorized':
      return { lamp: 'offline', line: sync.unauthorized, advice: sync.unauthorizedHow }
    case 'server':
      return { lamp: 'trouble', line: sync.server, advice: sync.serverHow }
    case 'protocol':
      return { lamp: 'trouble', line: sync.protocol, advice: sync.protocolHow }
    case 'origin':
      return { lamp: 'trouble', line: sync.origin, advice: sync.originHow }
    case 'forbidden':
      return { lamp: 'trouble', line: sync.forbidden, advice: sync.forbiddenHow }
    case 'storage':
      return { lamp: 'trouble', line: sync.storage, advice: sync.storageHow }
    case 'noMail':
      return { lamp: 'trouble', line: sync.noMail, advice: sync.noMailHow }
  }
}
