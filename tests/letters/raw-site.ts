/** Newsletters as a browser shows them that is told to: nothing of the HTML is touched but where its pictures are. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { drawPicture, type Newsletter } from './newsletter-mail.ts'

export interface RawSite {
  readonly url: string
  close(): void
}

/** `/` is an empty page to put a frame into, `/NAME` a newsletter. Nothing comes from elsewhere. */
export async function startRawSite(newsletters: readonly Newsletter[]): Promise<RawSite> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').slice(1))
    const letter = newsletters.find(({ name }) => name === path)
    if (path.startsWith('picture/')) {
      response.setHeader('Content-Type', 'image/png')
      response.end(drawPicture(path.slice('picture/'.length)))
      return
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; frame-src 'self'; img-src 'self' data:; style-src 'unsafe-inline'`,
    )
    response.end(letter ? letter.html.replaceAll('cid:', '/picture/') : '<!doctype html><title>raw</title>')
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
