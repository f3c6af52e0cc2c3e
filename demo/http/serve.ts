/** Serves the built app: with the demo mail server behind it, or in front of a real one. Several may run at once. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { builtDirectory } from '../../src/build/build-app.ts'
import { policyOf, type DeploymentConfig } from '../../src/build/deployment.ts'
import { systemClock, type Clock } from '../../src/platform/clock.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { demoPeople, fillDemo } from '../mailbox/demo-mailbox.ts'
import { DEMO_SERVER } from '../mailbox/taken.ts'
import { importFolder } from '../mailbox/import-folder.ts'
import { createJmapServer, type JmapServer } from '../server/jmap-server.ts'
import type { JmapServerOptions } from '../server/options.ts'
import { ApplicationHosting } from './application-hosting.ts'
import { compressed } from './compress.ts'
import { listen, type Listener } from './listen.ts'
import { sendResponse, toRequest } from './node-bridge.ts'
import { JmapProxy } from './proxy.ts'
import { pathOf, StaticFiles } from './static-files.ts'

export interface SiteOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number
  readonly host?: string
  /** The built app; `dist/` by default. It must be built already. */
  readonly directory?: string
  /** A path such as `/webmail`: the app is there alone, as Stalwart serves an application. */
  readonly application?: string
  /** What config.json says besides. */
  readonly config?: DeploymentConfig
}

export interface DemoOptions extends SiteOptions {
  readonly like?: JmapServerOptions['like']
  readonly faults?: JmapServerOptions['faults']
  readonly limits?: JmapServerOptions['limits']
  readonly random?: JmapServerOptions['random']
  readonly clock?: Clock
  /** Ends the account ids; another for each start unless given. */
  readonly instance?: string
  /** How many messages Mara's account holds; 0 leaves it empty. */
  readonly messages?: number
  readonly seed?: number
  /** Mail far out of the ordinary besides: conversations of 900 letters, a letter of 60 MB, 10,000 mailboxes. */
  readonly giants?: boolean
  /** A folder of `.eml` files for the Inbox. */
  readonly mail?: string
}

export interface Site {
  /** With a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

export interface DemoSite extends Site {
  readonly server: JmapServer
  /** Serves another build from the next request on, as an administrator puts one in place. */
  deploy(directory: string): void
}

/** Paths of the demo server; everything else is the app's. */
const mailPaths = /^\/(?:\.well-known|jmap|api|auth)(?:\/|$)/

/** The app with the embedded demo mail server behind the same origin. */
export async function serve(options: DemoOptions = {}): Promise<DemoSite> {
  const clock = options.clock ?? systemClock
  const opened = await open(options)
  const [listener] = opened
  let [, files] = opened
  try {
    const { username, password } = demoPeople.mara
    const authservIds = options.config?.authservIds ?? [DEMO_SERVER]
    const config = { ...options.config, demo: { username, password }, authservIds }
    files.setConfig(config)
    const server = createJmapServer({
      ...given({ like: options.like, faults: options.faults, limits: options.limits, random: options.random }),
      clock,
      instance: options.instance ?? systemRandom.uuid().slice(0, 6),
      users: demoPeople.users,
      origin: new URL(listener.url).origin,
    })
    const size = options.messages === undefined ? {} : { messages: options.messages }
    fillDemo(server, { ...size, ...given({ giants: options.giants }), seed: options.seed ?? 1, now: clock.now() })
    if (options.mail !== undefined) importFolder(server, options.mail, clock.now())
    const { application, directory = builtDirectory } = options
    const hosting = application === undefined ? undefined : new ApplicationHosting(directory, application, config)
    listener.answer((request, response) => {
      if (mailPaths.test(pathOf(request))) void answerMail(server, files, listener.url, request, response)
      else if (hosting) hosting.respond(request, response)
      else files.respond(request, response)
    })
    const close = async (): Promise<void> => {
      server.close()
      await listener.close()
    }
    const deploy = (directory: string): void => {
      files = new StaticFiles(directory, policyOf(config))
      files.setConfig(config)
    }
    return { url: listener.url, server, deploy, close }
  } catch (error) {
    await listener.close()
    throw error
  }
}

/** The same app in front of a real JMAP server, which the page reaches through its own origin. */
export async function serveUpstream(upstream: URL, options: SiteOptions = {}): Promise<Site> {
  const [listener, files] = await open(options)
  try {
    files.setConfig({ ...options.config, rewriteToOrigin: true })
    const proxy = new JmapProxy(upstream, {
      setHeaders: (response) => files.setHeaders(response, '/jmap'),
      sendText: (response, status, text) => files.sendText(response, status, text),
    })
    await proxy.check()
    listener.answer((request, response) => {
      if (proxy.owns(pathOf(request))) proxy.respond(request, response)
      else files.respond(request, response)
    })
    return { url: listener.url, close: () => listener.close() }
  } catch (error) {
    await listener.close()
    throw error
  }
}

async function open(options: SiteOptions): Promise<[Listener, StaticFiles]> {
  const files = new StaticFiles(options.directory ?? builtDirectory, policyOf(options.config ?? {}))
  return [await listen(options.host ?? '127.0.0.1', options.port ?? 0), files]
}

async function answerMail(
  server: JmapServer,
  files: StaticFiles,
  url: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const request = await toRequest(incoming, outgoing, url)
    // The server takes the body; what is asked of the packing stands in the head.
    const response = compressed(request, await server.fetch(request))
    files.setHeaders(outgoing, '/jmap')
    await sendResponse(response, outgoing, incoming.method === 'HEAD')
  } catch {
    // a fault took the answer: the client sees what a cut line looks like
    outgoing.destroy()
  }
}

/** Without the members that are undefined: an absent option and an undefined one are not the same type. */
function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
