/** The engine's worker, one in each tab: wires `Host` to the browser. No logic. */
import { openCredentialStore } from '../auth/idb-credential-store.ts'
import { loadDeployment } from '../jmap/deployment.ts'
import { loadCode } from '../jmap/load-code.ts'
import { systemClock } from '../platform/clock.ts'
import { consoleLogger } from '../platform/logger.ts'
import { systemRandom } from '../platform/random.ts'
import { channelName, type ChannelLike } from '../sync/channel.ts'
import type { FromWorker, ToWorker } from '../sync/wire.ts'
import { Host } from './host.ts'
import { browserReplicas } from './browser-replicas.ts'

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker): void
}

let cookies: RequestInit | undefined
const deps = {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, { ...init, ...cookies }),
  clock: systemClock,
}
const deployment = loadDeployment(deps, self.location.origin)
// What leaves before this is known is refused by the gate that wants them, and sent again.
void deployment.then((found) => {
  cookies = found.cookies
})

const host = new Host({
  ...deps,
  tab: systemRandom.uuid(),
  random: systemRandom,
  log: consoleLogger,
  locks: navigator.locks,
  pageOrigin: self.location.origin,
  isSecureContext: self.isSecureContext,
  deployment,
  keptStore: openCredentialStore().catch((error: unknown) => {
    consoleLogger.info('no database: every sign-in stays in memory', error)
    return undefined
  }),
  loadPrivateMode: () => loadCode(() => import('./private-mode.ts')),
  openChannel: (login) => new BroadcastChannel(channelName(login)) as ChannelLike,
  replicas: browserReplicas(),
  post: (message) => {
    scope.postMessage(message)
  },
})

scope.onmessage = ({ data, ports }) => {
  void host.handle(data, ports[0])
}
