/** How a page opens the replica of an account: its database, or the worker's memory over a port. */
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import { databaseName } from '../replica/database-name.ts'
import { IdbReplica } from '../replica/idb/idb-replica.ts'
import type { RemoteReplica } from '../replica/remote.ts'
import { channelName, type ChannelLike } from '../sync/channel.ts'
import type { AccountInfo } from '../sync/engine-port.ts'
import { openingReplica, type PageReplica } from './page-replica.ts'

/** `onOutdated`: a newer build, a sign-out, or the browser itself has closed the database under this page, or refuses it. */
export function replicaOpener(
  onOutdated: () => void,
): (account: AccountInfo, serve: (port: MessagePort) => void) => PageReplica {
  const deps = { clock: systemClock, random: systemRandom, log: consoleLogger, onClosed: onOutdated }
  return (account, serve) => {
    const remote = (): Promise<RemoteReplica> => {
      const { port1, port2 } = new MessageChannel()
      serve(port2)
      return openRemote(port1)
    }
    if (!account.isKept) return openingReplica(account.key, remote, undefined, remote)
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
      remote,
    )
  }
}

/** Most sign-ins are kept: the code for the others comes with the first of them. */
async function openRemote(port: MessagePort): Promise<RemoteReplica> {
  const { RemoteReplica } = await import('../replica/remote.ts')
  return new RemoteReplica(port)
}
