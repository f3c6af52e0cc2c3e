/** A config.json that names servers or changes how they are spoken to. */
import type { Deployment } from './deployment.ts'
import { isPlainWebUrl, parseUrl } from './parse-url.ts'
import { own, type JsonObject } from './wire-json.ts'

/** What makes no sense is left out: a typing mistake of the admin must not lock everyone out. */
export function readDeployment(config: JsonObject | undefined): Deployment {
  const addresses = (name: string): string[] => strings(own(config, name)).filter(isServer)
  const signIn = strings(own(config, 'signIn')).filter((method) => method === 'token' || method === 'password')
  return {
    servers: addresses('servers'),
    allowedOrigins: addresses('allowedOrigins'),
    rewriteToOrigin: own(config, 'rewriteToOrigin') === true,
    ...(signIn.length > 0 && { signIn }),
    ...(own(config, 'cookies') === 'same-origin' && { cookies: { credentials: 'same-origin' } }),
  }
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).filter((item) => typeof item === 'string')
}

function isServer(text: string): boolean {
  const url = parseUrl(text)
  return url !== undefined && isPlainWebUrl(url)
}
