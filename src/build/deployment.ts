/**
 * `config.json`, the one file that a deployment edits. It lies beside index.html:
 *
 *     {
 *       "servers": ["https://mail.example.com"],   JMAP servers to try first; also what `connect-src` allows
 *       "rewriteToOrigin": false,                  true: the URLs of the session are moved to the page's own origin
 *       "demo": {"username": "…", "password": "…"} only `npm start` says this: sign-in offers "Try the demo"
 *     }
 *
 * All of it may be absent, the file too.
 */
export interface DeploymentConfig {
  readonly servers?: readonly string[]
  readonly rewriteToOrigin?: boolean
  readonly demo?: { readonly username: string; readonly password: string }
}

/** Reads `config.json`, or says in a sentence what is wrong with it. */
export function parseDeployment(text: string): DeploymentConfig {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('config.json must hold one object, such as {"servers": ["https://mail.example.com"]}.')
  }
  const config = value as DeploymentConfig
  origins(config)
  return config
}

/** The origins that a page of this deployment may talk to besides its own. */
export function origins(config: DeploymentConfig): string[] {
  const found = (config.servers ?? []).map((server) => {
    const url = URL.parse(server)
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
      throw new Error(`"servers" in config.json holds ${JSON.stringify(server)}, which is no http or https URL.`)
    }
    return url.origin
  })
  return [...new Set(found)]
}
