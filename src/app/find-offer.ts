/** What config.json says to who signs in: the demo account of `npm start`, another name, and what is wrong with it. */
import { basePath } from '../platform/base-path.ts'
import type { SignInOffer } from '../auth/outcomes.ts'

/** As `npm start` writes it. Whoever installs Postern may say more, or not what they meant: that is read with care. */
const ofDemo = /^{("rewriteToOrigin":true,)?"demo":/

export async function findOffer(window: Window): Promise<SignInOffer> {
  try {
    // with cookies: a gate before this host may want its own
    const response = await window.fetch(`${basePath}/config.json?v=${String(window.performance.timeOrigin)}`)
    const text = await response.text()
    if (ofDemo.test(text)) return JSON.parse(text) as SignInOffer
    return await (await import('./read-offer.ts')).readOffer(window, response, text)
  } catch {
    // No network: there is nothing to offer, and signing in will say what is wrong.
    return {}
  }
}
