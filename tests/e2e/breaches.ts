/** What may happen on no page of any browser test. */
import { expect, type BrowserContext } from '@playwright/test'

/** Collects breaches of the content policy, requests to other origins and uncaught errors, on all pages of the context. */
export async function watchBreaches(context: BrowserContext, origin: string): Promise<string[]> {
  const breaches: string[] = []
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `policy breach: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${String(event.lineNumber)}`,
      )
    })
  })
  context.on('console', (message) => {
    const text = message.text()
    if (/policy breach|Content Security Policy|Trusted ?Types|TrustedHTML|TrustedScript/.test(text)) breaches.push(text)
  })
  context.on('weberror', (error) => breaches.push(`uncaught: ${error.error().message}`))
  context.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(origin)) breaches.push(`request to ${url}`)
  })
  return breaches
}

export function expectNone(breaches: readonly string[]): void {
  expect(breaches, 'breaches of the policy, foreign requests, uncaught errors').toEqual([])
}
