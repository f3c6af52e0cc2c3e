import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes a port before anything else is made; `answer` says later who answers. Requests wait until then. */
export interface Listener {
  readonly url: string
  answer(handler: (request: IncomingMessage, response: ServerResponse) => void): void
  close(): Promise<void>
}

/** Listens, or says in a sentence why it cannot. */
export async function listen(host: string, port: number): Promise<Listener> {
  let start: (handler: (request: IncomingMessage, response: ServerResponse) => void) => void = () => undefined
  const handler = new Promise<(request: IncomingMessage, response: ServerResponse) => void>(
    (resolve) => (start = resolve),
  )
  const server = createServer((request, response) => {
    void handler.then((handle) => {
      handle(request, response)
    })
  })
  // an event stream is silent for long, and a long upload is no attack here
  server.requestTimeout = 0
  // as proxies have it: Node's five seconds run out while the process is busy, under a request that is on its way
  server.keepAliveTimeout = 75_000
  await bound(server, host, port)
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  const reachable = name === '0.0.0.0' || name === '[::]' ? '127.0.0.1' : name
  return {
    url: `http://${reachable}:${address.port}/`,
    answer: start,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(reason(error, host, port)))
    })
    server.listen(port, host, () => {
      resolve()
    })
  })
}

function reason(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`
    case 'EACCES':
      return `Port ${port} on ${host} needs more rights than this user has. Choose one above 1023.`
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return `This machine has no address "${host}". Try --host 127.0.0.1.`
    default:
      return `Port ${port} on ${host} cannot be opened: ${error.message}.`
  }
}
