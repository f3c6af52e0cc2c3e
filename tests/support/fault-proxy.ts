/**
 * A bad line on loopback: a TCP proxy with a round trip's time, one bandwidth for all connections, connections that are
 * reset and chunks that stall, all by a seed; besides, what stands on such lines: a network's sign-in page that answers
 * in the server's place, and proxies that hold event streams back.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { seededRandom } from '../../demo/server/seeded-random.ts'

export interface Line {
  readonly rttMs: number
  readonly bytesPerSecond: number
  /** Share of connections that are reset, somewhere in their first 60 kB. */
  readonly resetShare: number
  /** Share of chunks that come `stallMs` late. */
  readonly stallShare: number
  readonly stallMs: number
}

/** Of the issue: a train, a hotel. */
export const WEAK_LINE: Line = { rttMs: 400, bytesPerSecond: 40_000, resetShare: 0.02, stallShare: 0.02, stallMs: 1000 }
export const GOOD_LINE: Line = {
  rttMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  resetShare: 0,
  stallShare: 0,
  stallMs: 0,
}

export interface FaultProxy {
  readonly url: string
  line: Line
  /** `portal`: HTML with status 200 for everything. `redirect`: to such a page. `down`: connections are refused. */
  mode: 'pass' | 'portal' | 'redirect' | 'down'
  /** Event streams open, and nothing of them comes through. */
  holdsStreams: boolean
  /** Another network: nothing comes through on streams that are open, and nobody is told; the rest is reset. */
  lose(): void
  /** Ends all connections that are open, and returns how many there were. */
  cut(): number
  close(): Promise<void>
}

const CHUNK = 4096
const RESET_WITHIN = 60_000
const PORTAL =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31\r\nConnection: close\r\n\r\n<title>Welcome to WLAN</title>\n'
/** Under the same name: a test's page asks no other host, not even by a redirect. */
const TO_PORTAL = 'HTTP/1.1 302 Found\r\nLocation: /wlan-login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

export async function faultProxy(target: string, line: Line, seed = 1): Promise<FaultProxy> {
  const random = seededRandom(seed)
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  const streams = new Set<Socket>()
  const lost = new WeakSet<Socket>()
  // When the line has sent what it was given.
  const free = { up: 0, down: 0 }

  /** Passes one direction's bytes on, in order: half a round trip late, as fast as the line is. */
  const carry = (from: Socket, to: Socket, direction: 'up' | 'down', isHeld: (chunk: Buffer) => boolean): void => {
    const fate = random.next() < proxy.line.resetShare ? random.next() * RESET_WITHIN : Number.POSITIVE_INFINITY
    let passed = 0
    let last = Promise.resolve()
    from.on('data', (data: Buffer) => {
      from.pause()
      for (let at = 0; at < data.length; at += CHUNK) {
        const chunk = data.subarray(at, at + CHUNK)
        const { rttMs, bytesPerSecond, stallShare, stallMs } = proxy.line
        const start = Math.max(performance.now(), free[direction])
        free[direction] = start + (chunk.length / bytesPerSecond) * 1000
        const stall = random.next() < stallShare ? stallMs : 0
        const due = free[direction] + rttMs / 2 + stall
        last = last.then(async () => {
          await pause(due - performance.now())
          passed += chunk.length
          if (passed > fate) {
            from.resetAndDestroy()
            to.resetAndDestroy()
          } else if (!to.destroyed && !isHeld(chunk)) to.write(chunk)
        })
      }
      void last.then(() => from.resume())
    })
    from.on('end', () => void last.then(() => to.end()))
  }

  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client) && streams.delete(client))
    open.add(client)
    if (proxy.mode === 'down') {
      client.resetAndDestroy()
      return
    }
    if (proxy.mode !== 'pass') {
      const isPage = (request: string): boolean => proxy.mode === 'portal' || request.startsWith('GET /wlan-login ')
      client.once('data', (request: Buffer) => client.end(isPage(request.toString('latin1')) ? PORTAL : TO_PORTAL))
      return
    }
    const upstream = connect(Number(port), hostname)
    upstream.on('error', () => client.destroy())
    upstream.on('close', () => client.end())
    client.on('close', () => upstream.destroy())
    // A new connection costs a round trip of its own before its first request.
    client.pause()
    setTimeout(() => client.resume(), proxy.line.rttMs)
    carry(client, upstream, 'up', (chunk) => {
      if (/^GET [^ ]*eventsource/i.test(chunk.toString('latin1', 0, 200))) streams.add(client)
      else streams.delete(client)
      return false
    })
    carry(upstream, client, 'down', () => lost.has(client) || (streams.has(client) && proxy.holdsStreams))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    line,
    mode: 'pass',
    holdsStreams: false,
    lose: () => {
      for (const socket of open)
        if (streams.has(socket)) lost.add(socket)
        else socket.resetAndDestroy()
    },
    cut: () => {
      const { size } = open
      for (const socket of open) socket.resetAndDestroy()
      return size
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return proxy
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
