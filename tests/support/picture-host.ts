/** A host of pictures, over https with a certificate of its own: keeps what it is asked for, word by word. */
import { createServer } from 'node:https'
import { selfSigned } from '../hostile/certificate.ts'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PictureHost {
  /** Without a slash at the end. */
  readonly url: string
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[]
  close(): Promise<void>
}

const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export async function openPictureHost(): Promise<PictureHost> {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer(selfSigned(), ({ url = '', headers }, response) => {
    asked.push({ path: url, headers })
    response.writeHead(200, { 'Content-Type': 'image/gif', 'Cache-Control': 'no-store' }).end(picture)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://localhost:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
