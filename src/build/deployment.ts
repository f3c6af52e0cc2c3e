/**
 * `config.json`, the one file that a deployment edits. It lies beside index.html:
 *
 *     {
 *       "servers": ["https://mail.example.com"],   JMAP servers to try first; also what `connect-src` allows
 *       "allowedOrigins": [],                      where else the URLs of a session may lead
 *       "rewriteToOrigin": false,                  true: the URLs of the session are moved to the page's own origin
 *       "productName": "Postern",
 *       "signIn": ["token", "password"],           the ways of signing in that are offered
 *       "cookies": "omit",                         "same-origin": a gate before this host wants its cookie
 *       "authservIds": ["mail.example.com"],       mail servers whose checks of a sender are believed
 *       "imageProxy": "https://images.example.net", pictures from the internet are asked for there alone
 *       "demo": {"username": "…", "password": "…"} only `npm start` says this: sign-in offers "Try the demo"
 *     }
 *
 * All of it may be absent, the file too.
 */
import type { PolicyInputs } from './policy.ts'

export interface DeploymentConfig {
  readonly servers?: readonly string[]
  readonly allowedOrigins?: readonly string[]
  readonly rewriteToOrigin?: boolean
  readonly productName?: string
  readonly signIn?: readonly string[]
  readonly cookies?: 'omit' | 'same-origin'
  readonly authservIds?: readonly string[]
  readonly imageProxy?: string
  readonly demo?: { readonly username: string; readonly password: string }
}

/** Reads `config.json`, or says in a sentence what is wrong with it. */
export function parseDeployment(text: string): DeploymentConfig {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('config.json must hold one object, such as {"servers": ["https://mail.example.com"]}.')
  }
  const config = value as DeploymentConfig
  policyOf(config)
  return config
}

/** What the policies of a deployment differ in. */
export function policyOf(config: DeploymentConfig): Pick<PolicyInputs, 'origins' | 'pictures'> {
  const pictures = imageProxy(config)
  return { origins: origins(config), ...(pictures !== undefined && { pictures }) }
}

/** The origin of the proxy for pictures, if there is one. */
function imageProxy({ imageProxy }: DeploymentConfig): string | undefined {
  if (imageProxy === undefined) return undefined
  const url = URL.parse(imageProxy)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hash !== '') {
    const given = JSON.stringify(imageProxy)
    throw new Error(
      `"imageProxy" in config.json is ${given}, which is no https URL such as https://images.example.net.`,
    )
  }
  return url.origin
}

/** The origins that a page of this deployment may talk to besides its own. */
function origins(config: DeploymentConfig): string[] {
  const named = (['servers', 'allowedOrigins'] as const).flatMap((member) =>
    (config[member] ?? []).map((address) => ({ member, address })),
  )
  const found = named.map(({ member, address }) => {
    const url = URL.parse(address)
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
      throw new Error(`"${member}" in config.json holds ${JSON.stringify(address)}, which is no http or https URL.`)
    }
    return url.origin
  })
  return [...new Set(found)]
}
