/** `config.json` beside the app: what its admin says about servers. Everything in it is optional. */
import { basePath } from '../platform/base-path.ts'
import type { HttpDeps } from './http-exchange.ts'
import { exchange, readJson } from './http-exchange.ts'
import { asObject, own, type JsonObject } from './wire-json.ts'

export interface Deployment {
  /** Origins or session URLs that may be used besides the page's own origin; the first that answers is the default. */
  readonly servers: readonly string[]
  /** Where else the URLs of a session may lead. */
  readonly allowedOrigins: readonly string[]
  /** Session URLs keep path and query but get the page's origin: the mail server is reached through a proxy here. */
  readonly rewriteToOrigin: boolean
  /** The ways of signing in that are offered, by the names of `auth/choose-scheme.ts`; absent: all. */
  readonly signIn?: readonly string[]
  /** A gate before this host wants its cookie: what each request says besides. */
  readonly cookies?: Pick<RequestInit, 'credentials'>
}

export const noDeployment: Deployment = { servers: [], allowedOrigins: [], rewriteToOrigin: false }

/** What `npm start` says is read by who asks; anything more by code of its own. */
function isSimple(config: JsonObject = {}): boolean {
  return Object.keys(config).every((name) => /^(demo|rewriteToOrigin|authservIds)$/.test(name))
}

/** Where there is no config.json (or a static host answers its start page), the defaults hold. */
export async function loadDeployment(deps: HttpDeps, pageOrigin: string): Promise<Deployment> {
  try {
    // Some hosts keep every file for a year (Stalwart's applications); and a gate may want its cookie for ours, too.
    const url = `${pageOrigin}${basePath}/config.json?v=${String(deps.clock.now())}`
    return await exchange(deps, { url, timeoutMs: 10_000, credentials: 'same-origin' }, async (response) => {
      const config = asObject((await readJson(response, deps.clock.now())).value)
      if (!isSimple(config)) return (await import('./read-deployment.ts')).readDeployment(config)
      return { ...noDeployment, rewriteToOrigin: own(config, 'rewriteToOrigin') === true }
    })
  } catch {
    return noDeployment
  }
}
