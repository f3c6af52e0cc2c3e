/**
 * The line between the page and its server: an HTTP proxy that does to answers what bad lines do. What it does is armed
 * beforehand, and befalls the next requests that it is meant for; all else passes, event streams unbuffered.
 */
import { createServer, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export const FAULTS = [
  /** The server never sees it. */
  'dropBefore',
  /** The server acts; its answer is lost. */
  'dropAfter',
  'delay',
  /** It arrives twice; the second answer is given. */
  'duplicate',
  /** The connection dies in the middle of the answer. */
  'reset',
  /** The answer ends early, and says that it is whole. */
  'truncate',
  /** A network's own page in the server's place. */
  'html',
  '429',
  '503',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface ArmedFault {
  readonly kind: FaultKind
  /** What changes mail, or any API request. */
  readonly on: 'set' | 'any'
  readonly ms: number
  times: number
}

export interface FaultLine {
  readonly url: string
  /** Connections are refused. */
  isDown: boolean
  /** Takes what is to be changed out of requests: what `planted.ts` must find. */
  isLying: boolean
  /** How often faults came to pass. */
  readonly met: Map<FaultKind | 'cut', number>
  arm(fault: ArmedFault): void
  /** Ends all event streams, and returns how many there were. */
  cutStreams(): number
  /** Nothing more befalls anybody. */
  heal(): void
  close(): Promise<void>
}

const PAGE = '<!doctype html><title>Welcome to the hotel</title><h1>Please sign in to this network</h1>'

export async function faultLine(target: string): Promise<FaultLine> {
  const upstream = new URL(target)
  const open = new Set<Socket>()
  const streams = new Set<Socket>()
  /** What ends with a connection. */
  const gone = new WeakMap<Socket, Set<ClientRequest>>()
  let armed: ArmedFault[] = []

  const count = (kind: FaultKind | 'cut'): void => {
    line.met.set(kind, (line.met.get(kind) ?? 0) + 1)
  }
  /** The first that is meant for it, used up by one. */
  const faultOf = (body: Buffer): ArmedFault | undefined => {
    const isSet = body.includes('"Email/set"') || body.includes('"Mailbox/set"')
    const fault = armed.find(({ on, times }) => times > 0 && (on === 'any' || isSet))
    if (fault) {
      fault.times -= 1
      count(fault.kind)
    }
    return fault
  }

  const pass = (incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = upstream
      // Packed answers could not be read, nor cut where it is meant.
      const headers = { ...incoming.headers, host: upstream.host, 'accept-encoding': 'identity' }
      const passed = ask({ method: incoming.method, path: incoming.url, headers, hostname, port }, resolve)
      passed.once('error', reject)
      // A stream whose reader is gone would stay open at the server.
      gone.get(incoming.socket)?.add(passed)
      passed.once('close', () => gone.get(incoming.socket)?.delete(passed))
      passed.end(body)
    })

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const cut = (): void => {
      incoming.socket.resetAndDestroy()
    }
    if (line.isDown) {
      cut()
      return
    }
    let body = await wholeOf(incoming)
    const isApi = incoming.method === 'POST' && body.includes('"methodCalls"')
    if (isApi && line.isLying) body = withoutPatches(body)
    const fault = isApi ? faultOf(body) : undefined
    if (!fault) {
      await passOn(await pass(incoming, body), incoming, outgoing)
      return
    }
    switch (fault.kind) {
      case 'dropBefore':
        cut()
        return
      case 'dropAfter':
        await wholeOf(await pass(incoming, body))
        cut()
        return
      case 'delay':
        await sleep(fault.ms)
        break
      case 'duplicate':
        await wholeOf(await pass(incoming, body))
        break
      case 'reset':
      case 'truncate':
        cutShort(await pass(incoming, body), fault.kind === 'reset' ? cut : undefined)
        return
      case 'html':
        send(outgoing, 200, 'text/html; charset=utf-8', PAGE)
        return
      case '429':
      case '503':
        outgoing.setHeader('Retry-After', '1')
        send(outgoing, Number(fault.kind), 'text/plain', 'Later.')
        return
    }
    await passOn(await pass(incoming, body), incoming, outgoing)

    function cutShort(answered: IncomingMessage, end: (() => void) | undefined): void {
      void wholeOf(answered).then((whole) => {
        const half = whole.subarray(0, Math.floor(whole.length / 2))
        outgoing.writeHead(answered.statusCode ?? 502, {
          'Content-Type': answered.headers['content-type'] ?? 'application/json',
          'Content-Length': end ? whole.length : half.length,
        })
        outgoing.write(half, () => {
          if (end) end()
          else outgoing.end()
        })
      })
    }
  }

  const passOn = async (
    answered: IncomingMessage,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> => {
    const headers = withoutHops(answered.headers)
    const { location } = headers
    // The server knows nothing of us.
    if (location) headers.location = location.replace(upstream.origin, new URL(line.url).origin)
    outgoing.writeHead(answered.statusCode ?? 502, headers)
    outgoing.flushHeaders()
    if (answered.headers['content-type']?.startsWith('text/event-stream')) {
      streams.add(incoming.socket)
    }
    for await (const chunk of answered) outgoing.write(chunk)
    streams.delete(incoming.socket)
    outgoing.end()
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.socket.resetAndDestroy())
  })
  server.requestTimeout = 0
  server.keepAliveTimeout = 75_000
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    const passed = new Set<ClientRequest>()
    gone.set(socket, passed)
    socket.on('close', () => {
      open.delete(socket)
      streams.delete(socket)
      for (const request of passed) request.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  let isDown = false
  const line: FaultLine = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    get isDown() {
      return isDown
    },
    set isDown(value) {
      isDown = value
      if (value) for (const socket of open) socket.resetAndDestroy()
    },
    isLying: false,
    met: new Map(),
    arm: (fault) => {
      armed.push(fault)
    },
    cutStreams: () => {
      const { size } = streams
      for (const socket of streams) socket.resetAndDestroy()
      if (size > 0) count('cut')
      return size
    },
    heal: () => {
      armed = []
      line.isDown = false
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
  return line
}

async function wholeOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function withoutHops({
  connection: _,
  'transfer-encoding': __,
  ...headers
}: IncomingMessage['headers']): typeof headers {
  return headers
}

function send(outgoing: ServerResponse, status: number, type: string, body: string): void {
  outgoing.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  outgoing.end(body)
}

type Call = [name: string, args: Record<string, unknown>, id: string]

/** Whatever is to be changed of messages is nothing: the server says that it is done. */
function withoutPatches(body: Buffer): Buffer {
  const request = JSON.parse(body.toString()) as { methodCalls: Call[] }
  const methodCalls = request.methodCalls.map(([name, args, id]): Call => {
    if (name !== 'Email/set' || !args['update']) return [name, args, id]
    const update = Object.fromEntries(Object.keys(args['update']).map((emailId) => [emailId, {}]))
    return [name, { ...args, update }, id]
  })
  return Buffer.from(JSON.stringify({ ...request, methodCalls }))
}
