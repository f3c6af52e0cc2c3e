/** The demo server as the `fetch` of a page: redirects are followed as a browser would, where asked to, and only then. */
import type { JmapServer } from '../../demo/server/jmap-server.ts'
import type { ScriptedFetch } from './scripted-fetch.ts'
import { scriptedFetch } from './scripted-fetch.ts'

export function demoFetch(server: JmapServer, pageOrigin: string): ScriptedFetch {
  const web = scriptedFetch(async (request) => {
    let { url } = request
    for (let hop = 0; hop < 5; hop += 1) {
      if (new URL(url).origin !== pageOrigin) throw new TypeError('Failed to fetch')
      const { method, headers, body, init } = request
      const response = await server.fetch(
        new Request(url, { method, headers, ...(method === 'POST' ? { body } : {}), signal: init.signal ?? null }),
      )
      const location = response.headers.get('location')
      if (location === null || init.redirect !== 'follow') {
        Object.defineProperty(response, 'url', { value: url })
        return response
      }
      url = new URL(location, url).href
    }
    throw new TypeError('Failed to fetch')
  })
  return web
}
