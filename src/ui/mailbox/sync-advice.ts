/** What the reader can do about a problem, or what is being done; undefined where waiting is all there is. */
import { later } from '../../i18n/en/later.ts'
import type { AccountStatus } from '../../sync/engine-port.ts'

export function syncAdvice({ problem }: AccountStatus): string | undefined {
  const { sync } = later
  if (!problem) return undefined
  switch (problem.kind) {
    case 'busy':
      return undefined
    case 'unauthorized':
      return sync.unauthorizedHow
    case 'protocol':
      return sync.protocolHow
    case 'forbidden':
      return sync.forbiddenHow
    case 'storage':
      return sync.storageHow
    case 'muteStorage':
      return sync.muteStorageHow
    case 'noMail':
      return sync.noMailHow
    default:
      return sync.serverHow
  }
}
