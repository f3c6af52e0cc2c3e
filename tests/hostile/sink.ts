/**
 * Where every request ends that a mail manages to make: plain, by TLS, or through SOCKS where the browser is told to use
 * it as its proxy. Counts connections and requests; pictures are answered with one, everything else with nothing.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { selfSigned } from './certificate.ts'

export interface SinkRequest {
  /** `GET /x.png HTTP/1.1`, or what else came first on the connection. */
  readonly line: string
  readonly headers: Readonly<Record<string, string>>
  readonly isSecure: boolean
}

export interface Sink {
  readonly port: number
  /** Connections accepted, requests among them, and those that carried a form. */
  readonly counts: { tcp: number; http: number; forms: number }
  readonly requests: readonly SinkRequest[]
  close(): Promise<void>
}

/** What Firefox asks for whatever page is open, whatever its settings say. */
const ownErrand = /\.services\.mozilla\.com/

const isErrand = (data: Buffer): boolean => data[0] === 0x16 && ownErrand.test(data.toString('latin1'))
const silenceMs = 60

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export async function openSink(port = 0): Promise<Sink> {
  const counts = { tcp: 0, http: 0, forms: 0 }
  const requests: SinkRequest[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    let isCounted = false
    const count = (): void => {
      if (!isCounted) counts.tcp++
      isCounted = true
    }
    // what is said first tells whether it is the browser's own errand; what says nothing counts, too
    const silence = setTimeout(count, silenceMs)
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      clearTimeout(silence)
      count()
    })
    socket.prependOnceListener('data', (data: Buffer) => {
      clearTimeout(silence)
      if (isErrand(data)) isCounted = true
      else count()
    })
    listenTo(socket, false)
  })

  function listenTo(socket: Socket, isSecure: boolean): void {
    socket.on('error', () => undefined)
    socket.once('data', (data: Buffer) => {
      const text = data.toString('latin1')
      if (data[0] === 5) beProxy(socket)
      else if (!isSecure && isErrand(data)) socket.destroy()
      else if (data[0] === 0x16 && !isSecure) beSecure(socket, data)
      else if (/^[A-Z]+ \S+ HTTP\//.test(text)) answer(socket, text, isSecure)
      else requests.push({ line: `bytes ${JSON.stringify(text.slice(0, 40))}`, headers: {}, isSecure })
    })
  }

  function beSecure(socket: Socket, first: Buffer): void {
    socket.pause()
    socket.unshift(first)
    listenTo(new TLSSocket(socket, { isServer: true, ...selfSigned() }), true)
  }

  /** SOCKS 5 (RFC 1928): no sign-in; whatever is asked for is here. */
  function beProxy(socket: Socket): void {
    socket.write(Buffer.from([5, 0]))
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
      listenTo(socket, false)
    })
  }

  function answer(socket: Socket, text: string, isSecure: boolean): void {
    const [line = '', ...fields] = text.split('\r\n\r\n', 1)[0]?.split('\r\n') ?? []
    const headers = Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(':')
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
      }),
    )
    counts.http++
    if (line.startsWith('POST ')) counts.forms++
    const request = { line, headers, isSecure }
    requests.push(request)
    const [type, body] = isForPicture(request) ? ['image/gif', pixel] : ['text/html', Buffer.alloc(0)]
    const head = [
      'HTTP/1.1 200 OK',
      `Content-Type: ${type}`,
      `Content-Length: ${body.length}`,
      'Access-Control-Allow-Origin: *',
      'Cache-Control: no-store',
      'Connection: close',
    ]
    socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Asked for by an `img`, as the browser itself says. */
export function isForPicture({ line, headers }: SinkRequest): boolean {
  const dest = headers['sec-fetch-dest']
  return line.startsWith('GET ') && (dest === undefined ? /^image\//.test(headers['accept'] ?? '') : dest === 'image')
}

export function tell({ line, headers, isSecure }: SinkRequest): string {
  return `${line.slice(0, 120)} of ${headers['host'] ?? 'nobody'}${isSecure ? ' by TLS' : ''}`
}
