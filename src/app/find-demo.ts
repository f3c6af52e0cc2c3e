/** The demo account that `npm start` names in config.json. A deployment has none. */
import { basePath } from '../platform/base-path.ts'
import { parseDeployment } from '../jmap/deployment.ts'
import type { Deployment } from '../jmap/deployment.ts'

export async function findDemo(window: Window): Promise<Deployment['demo']> {
  try {
    const response = await window.fetch(`${basePath}/config.json?v=${String(window.performance.timeOrigin)}`)
    return response.ok ? parseDeployment(await response.json()).demo : undefined
  } catch {
    // No config.json, or no network: there is no demo to offer, and signing in will say what is wrong.
    return undefined
  }
}
