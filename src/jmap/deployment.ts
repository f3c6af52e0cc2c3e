/** `config.json` beside the app: what its admin says about servers. Everything in it is optional. */
import { basePath } from '../platform/base-path.ts'
import type { HttpDeps } from './http-exchange.ts'
import { exchange, readJson } from './http-exchange.ts'
import { isPlainWebUrl, parseUrl } from './parse-url.ts'
import { asObject, asString, own } from './wire-json.ts'

export interface Deployment {
  /** Origins or session URLs that may be used besides the page's own origin; the first that answers is the default. */
  readonly servers: readonly string[]
  /** Session URLs keep path and query but get the page's origin: the mail server is reached through a proxy here. */
  readonly rewriteToOrigin: boolean
  /** `npm start` without a server: an account to try. */
  readonly demo?: { readonly username: string; readonly password: string }
}

export const noDeployment: Deployment = { servers: [], rewriteToOrigin: false }

/** What makes no sense is left out: a typing mistake of the admin must not lock everyone out. */
export function parseDeployment(value: unknown): Deployment {
  const object = asObject(value)
  const servers = own(object, 'servers')
  const demo = asObject(own(object, 'demo'))
  const username = asString(own(demo, 'username'))
  const password = asString(own(demo, 'password'))
  return {
    servers: (Array.isArray(servers) ? servers : []).filter((server) => typeof server === 'string' && isServer(server)),
    rewriteToOrigin: own(object, 'rewriteToOrigin') === true,
    ...(username === undefined || password === undefined ? {} : { demo: { username, password } }),
  }
}

function isServer(text: string): boolean {
  const url = parseUrl(text)
  return url !== undefined && isPlainWebUrl(url)
}

/** Where there is no config.json (or a static host answers its start page), the defaults hold. */
export async function loadDeployment(deps: HttpDeps, pageOrigin: string): Promise<Deployment> {
  try {
    // Some hosts keep every file for a year (Stalwart's applications).
    const url = `${pageOrigin}${basePath}/config.json?v=${String(deps.clock.now())}`
    return await exchange(deps, { url, timeoutMs: 10_000 }, async (response) =>
      parseDeployment((await readJson(response, deps.clock.now())).value),
    )
  } catch {
    return noDeployment
  }
}
