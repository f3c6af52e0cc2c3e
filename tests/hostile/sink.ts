/** Where every request ends that a mail manages to make. Counts connections and requests; its answers are empty. */
import { createServer, type AddressInfo } from 'node:net'

export interface Sink {
  readonly port: number
  /** Connections accepted, requests among them, and those that carried a form. */
  readonly counts: { tcp: number; http: number; forms: number }
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** What Firefox asks for whatever page is open, whatever its settings say. */
const ownErrand = /\.services\.mozilla\.com$/

export async function openSink(port = 0): Promise<Sink> {
  const counts = { tcp: 0, http: 0, forms: 0 }
  const requests: string[] = []
  const server = createServer((socket) => {
    counts.tcp++
    socket.on('error', () => undefined)
    socket.once('data', (data) => {
      const [line = ''] = data.toString('latin1').split('\r\n')
      if (/^[A-Z]+ \S+ HTTP\//.test(line)) {
        counts.http++
        requests.push(line)
        if (line.startsWith('POST ')) counts.forms++
      } else {
        const [host] = /[\w-]+(?:\.[\w-]+)+/.exec(data.toString('latin1')) ?? ['nobody']
        if (ownErrand.test(host)) counts.tcp--
        else requests.push(`TLS to ${host}`)
      }
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
  })
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
        server.close(() => resolve())
      }),
  }
}
