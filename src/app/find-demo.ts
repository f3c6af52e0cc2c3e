/** The demo account that `npm start` names in config.json. A deployment has none. */
import { parseDeployment } from '../jmap/deployment.ts'
import type { Deployment } from '../jmap/deployment.ts'

export async function findDemo(window: Window): Promise<Deployment['demo']> {
  try {
    const response = await window.fetch('/config.json', { credentials: 'omit' })
    return response.ok ? parseDeployment(await response.json()).demo : undefined
  } catch {
    // No config.json, or no network: there is no demo to offer, and signing in will say what is wrong.
    return undefined
  }
}
