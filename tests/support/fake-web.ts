/** Several origins in one fetch: a map from URL to answer. Redirects are followed as a browser would, where asked to. */
import type { ScriptedFetch, SeenRequest } from './scripted-fetch.ts'
import { scriptedFetch } from './scripted-fetch.ts'

export type Page = (request: SeenRequest) => Response

export const unreachable: Page = () => {
  throw new TypeError('Failed to fetch')
}

export const html: Page = () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })

export const redirectTo =
  (location: string): Page =>
  () =>
    new Response(null, { status: 307, headers: { Location: location } })

/** What is not in `pages` answers 404; an origin of which no page is known cannot be reached. */
export function fakeWeb(pages: Readonly<Record<string, Page>>): ScriptedFetch {
  const origins = new Set(Object.keys(pages).map((url) => new URL(url).origin))
  const web = scriptedFetch((request) => {
    let { url } = request
    for (let hop = 0; hop < 5; hop += 1) {
      if (!origins.has(new URL(url).origin)) return unreachable(request)
      const response = pages[url]?.({ ...request, url }) ?? new Response('', { status: 404 })
      const location = response.headers.get('location')
      if (location === null || request.init.redirect !== 'follow') {
        // What a Response made by hand cannot say.
        Object.defineProperty(response, 'url', { value: url })
        return response
      }
      url = new URL(location, url).href
      web.seen.push({ ...request, url })
    }
    return unreachable(request)
  })
  return web
}
