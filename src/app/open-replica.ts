/** How a page opens the replica of an account: its database, or the worker's memory over a port. */
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import { databaseName } from '../replica/database-name.ts'
import { IdbReplica } from '../replica/idb/idb-replica.ts'
import { channelName, type ChannelLike } from '../sync/channel.ts'
import type { AccountInfo } from '../sync/engine-port.ts'
import { openingReplica, type PageReplica } from './page-replica.ts'

/** `onOutdated`: a newer build, a sign-out, or the browser itself has closed the database under this page, or refuses it. */
export function replicaOpener(
  onOutdated: () => void,
): (account: AccountInfo, servePrivate: (port: MessagePort) => void) => PageReplica {
  const deps = { clock: systemClock, random: systemRandom, log: consoleLogger, onClosed: onOutdated }
  return (account, servePrivate) => {
    if (!account.isKept) {
      const { port1, port2 } = new MessageChannel()
      servePrivate(port2)
      return openingReplica(account.key, () => openRemote(port1), undefined)
    }
    const name = databaseName(account.login, account.accountId)
    const channel = new BroadcastChannel(channelName(account.login)) as ChannelLike
    return openingReplica(
      account.key,
      (onCommit) => {
        const opening = IdbReplica.open(name, { ...deps, onCommit })
        opening.catch(onOutdated)
        return opening
      },
      channel,
    )
  }
}

/** Most sign-ins are kept: the code for the others comes with the first of them. */
async function openRemote(port: MessagePort): Promise<PageReplica> {
  const { RemoteReplica } = await import('../replica/remote.ts')
  return new RemoteReplica(port)
}
