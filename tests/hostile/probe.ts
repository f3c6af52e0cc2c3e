/**
 * What the run puts into the app's own page, in every engine alike: windows, paper and files that the app asks the browser
 * for are written down instead. Real windows, real navigations and real downloads are then nobody's but a mail's.
 */
import type { Realm } from './engine-page.ts'

export interface ProbeTake {
  /** Addresses that `window.open` was called with. */
  readonly opened: readonly string[]
  readonly prints: number
  /** Names of files that were handed to the browser. */
  readonly saved: readonly string[]
  /** Errors and breaches of the policy, as the page itself hears them. */
  readonly errors: readonly string[]
}

interface Probe {
  opened: string[]
  prints: number
  saved: string[]
  errors: string[]
  /** `window.open` as it was, for the one window that is wanted. */
  passes: number
}

/** Once for each document; again does nothing. */
export function installProbe(page: Realm): Promise<boolean> {
  return page.evaluate(() => {
    const realm = window as unknown as { posternProbe?: Probe }
    if (realm.posternProbe) return false
    const probe: Probe = { opened: [], prints: 0, saved: [], errors: [], passes: 0 }
    realm.posternProbe = probe
    const open = window.open.bind(window)
    window.open = (url, ...rest) => {
      if (probe.passes > 0) {
        probe.passes -= 1
        return open(url, ...rest)
      }
      probe.opened.push(String(url))
      return null
    }
    window.print = () => {
      probe.prints += 1
    }
    document.addEventListener(
      'click',
      (event) => {
        const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[download]') : null
        if (!link) return
        event.preventDefault()
        probe.saved.push(link.download)
      },
      true,
    )
    window.addEventListener('error', (event) => probe.errors.push(event.message))
    window.addEventListener('unhandledrejection', (event) => probe.errors.push(String(event.reason)))
    document.addEventListener('securitypolicyviolation', (event) => {
      probe.errors.push(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
    return true
  })
}

/** What was written down since the last call; null where the document is another one. */
export function takeProbe(page: Realm): Promise<ProbeTake | null> {
  return page.evaluate(() => {
    const probe = (window as unknown as { posternProbe?: Probe }).posternProbe
    if (!probe) return null
    const { prints } = probe
    probe.prints = 0
    return { opened: probe.opened.splice(0), prints, saved: probe.saved.splice(0), errors: probe.errors.splice(0) }
  })
}

/** The next window is really opened. */
export function letOneWindowPass(page: Realm): Promise<void> {
  return page.evaluate(() => {
    const probe = (window as unknown as { posternProbe?: Probe }).posternProbe
    if (probe) probe.passes = 1
  })
}
