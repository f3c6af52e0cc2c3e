/** A plain proxy on loopback that adds a round trip's time and writes down everything that passes. */
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  readonly method: string
  readonly path: string
  readonly requestBody: string
  /** Bytes of the bodies as they passed: compressed if they were. Without headers. */
  readonly sent: number
  received: number
  readonly contentType: string
  /** `performance.now()` of this process. `end` is when the last byte of the answer left. */
  readonly start: number
  end: number
}

export interface SlowProxy {
  readonly url: string
  readonly log: Exchange[]
  close(): Promise<void>
}

/** `delayMs` is added once per exchange: half before the request is passed on, half before the answer is. */
export async function slowProxy(target: string, delayMs: number): Promise<SlowProxy> {
  const log: Exchange[] = []
  const server = createServer((incoming, outgoing) => {
    void pass(new URL(incoming.url ?? '/', target), incoming, outgoing, { delayMs, log })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function pass(
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { delayMs, log }: { delayMs: number; log: Exchange[] },
): Promise<void> {
  const start = performance.now()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  await pause(delayMs / 2)
  const headers = { ...incoming.headers, host: url.host }
  const upstream = send(url, { method: incoming.method, headers }, (answer) => {
    void (async () => {
      await pause(delayMs / 2)
      const exchange: Exchange = {
        method: incoming.method ?? 'GET',
        path: url.pathname + url.search,
        requestBody: body.toString('utf8'),
        sent: body.length,
        received: 0,
        contentType: answer.headers['content-type'] ?? '',
        start,
        end: Number.POSITIVE_INFINITY,
      }
      log.push(exchange)
      const location = answer.headers.location
      const target = url.origin
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...answer.headers,
        // A redirect to the server itself stays on the proxy's origin.
        ...(location?.startsWith(target) ? { location: location.slice(target.length) } : {}),
      })
      outgoing.flushHeaders()
      answer.on('data', (chunk: Buffer) => {
        exchange.received += chunk.length
        outgoing.write(chunk)
      })
      answer.on('end', () => {
        exchange.end = performance.now()
        outgoing.end()
      })
      answer.on('error', () => outgoing.destroy())
    })()
  })
  upstream.on('error', () => outgoing.destroy())
  outgoing.on('close', () => upstream.destroy())
  upstream.end(body)
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
