/** Between node:http and the fetch types that the demo server speaks. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Larger than any limit of the demo server, which refuses by itself; this only protects the process. */
const maxBody = 128 * 1024 * 1024

/** A request as fetch knows it; its signal aborts when the client goes away. */
export async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const single of Array.isArray(value) ? value : [value ?? '']) headers.append(name, single)
  }
  const gone = new AbortController()
  outgoing.once('close', () => {
    gone.abort()
  })
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : await readAll(incoming)
  return new Request(new URL(incoming.url ?? '/', origin), { method, headers, body, signal: gone.signal })
}

/** Sends a response as it comes: an event stream is never held back. */
export async function sendResponse(response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> {
  outgoing.statusCode = response.status
  response.headers.forEach((value, name) => outgoing.appendHeader(name, value))
  if (response.body === null || isHead) {
    outgoing.end()
    return
  }
  outgoing.flushHeaders()
  const reader = response.body.getReader()
  outgoing.once('close', () => void reader.cancel().catch(() => undefined))
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (!outgoing.write(value)) await drained(outgoing)
  }
  outgoing.end()
}

async function readAll(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) throw new Error(`A request body is larger than ${maxBody} bytes.`)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.once('drain', done)
    outgoing.once('close', done)
  })
}
