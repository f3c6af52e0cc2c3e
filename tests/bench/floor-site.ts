/** The yardstick pages, unchanged; `ask` and `sync` stand in front of a JMAP server on one origin. */
import { createReadStream } from 'node:fs'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }
const FILES = ['/floor.css', '/floor.js']

export async function floorSite(
  name: 'warm' | 'ask' | 'sync',
  upstream?: string,
): Promise<{ url: string; close: () => void }> {
  const root = join(import.meta.dirname, 'floor', name)
  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://floor').pathname
    if (path === '/' || FILES.includes(path)) {
      const file = join(root, path === '/' ? 'index.html' : path)
      outgoing.setHeader('Content-Type', TYPES[extname(file)] ?? 'text/plain')
      createReadStream(file).pipe(outgoing)
      return
    }
    if (upstream === undefined) {
      outgoing.writeHead(404).end()
      return
    }
    const passed = send(
      new URL(incoming.url ?? '/', upstream),
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(upstream).host } },
      (answer) => {
        // Cyrus redirects to itself by its own name: the page stays on this origin.
        const location = answer.headers.location?.replace(upstream, '')
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(location ? { location } : {}) })
        answer.pipe(outgoing)
      },
    )
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
