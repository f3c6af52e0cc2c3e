/** Passes the mail server's paths on to a real server, so that the page sees one origin. Nothing is buffered. */
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Transform } from 'node:stream'
import { pathOf } from './static-files.ts'

/** Hop-by-hop (RFC 9110 §7.6.1); node sets its own. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]
/** The largest session that is looked at for the paths it names. */
const maxSession = 1024 * 1024

export interface ProxyHooks {
  setHeaders(response: ServerResponse): void
  sendText(response: ServerResponse, status: number, text: string): void
}

export class JmapProxy {
  readonly #upstream: URL
  readonly #hooks: ProxyHooks
  readonly #prefixes = new Set(['/.well-known', '/jmap', '/api', '/auth'])
  /** Where a session may come from; a redirect from `.well-known/jmap` adds to it. */
  readonly #sessions = new Set(['/.well-known/jmap', '/jmap/session', '/jmap'])

  constructor(upstream: URL, hooks: ProxyHooks) {
    this.#upstream = upstream
    this.#hooks = hooks
  }

  /** Whether the mail server answers for this path. */
  owns(path: string): boolean {
    return [...this.#prefixes].some(
      (prefix) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : prefix + '/'),
    )
  }

  /** Throws a sentence when the server does not answer at all. */
  check(timeout = 8_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const probe = this.#open({ method: 'GET', path: '/.well-known/jmap', timeout }, (answer) => {
        answer.resume()
        this.#learnRedirect('/.well-known/jmap', answer)
        resolve()
      })
      probe.once('timeout', () => probe.destroy(new Error(`no answer within ${timeout / 1000} s`)))
      probe.once('error', (error) => {
        reject(new Error(`The mail server ${this.#upstream.origin} cannot be reached: ${error.message}.`))
      })
      probe.end()
    })
  }

  respond(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' } as Record<
      string,
      string | string[] | undefined
    >
    for (const name of [...hopByHop, 'host', 'origin', 'referer', 'cookie']) Reflect.deleteProperty(headers, name)
    const path = pathOf(incoming)
    const passed = this.#open({ method: incoming.method, path: incoming.url, headers }, (answer) => {
      this.#pass(path, incoming, answer, outgoing)
    })
    passed.once('error', (error) => {
      if (outgoing.headersSent) outgoing.destroy()
      else
        this.#hooks.sendText(
          outgoing,
          502,
          `The mail server ${this.#upstream.origin} did not answer: ${error.message}.`,
        )
    })
    outgoing.once('close', () => passed.destroy())
    incoming.pipe(passed)
  }

  #pass(path: string, incoming: IncomingMessage, answer: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.statusCode = answer.statusCode ?? 502
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !hopByHop.includes(name) && name !== 'location') outgoing.setHeader(name, value)
    }
    this.#hooks.setHeaders(outgoing)
    const location = this.#learnRedirect(path, answer)
    if (location !== undefined) outgoing.setHeader('Location', location)
    outgoing.flushHeaders()
    answer.once('error', () => outgoing.destroy())
    const isSession = incoming.method === 'GET' && answer.statusCode === 200 && this.#sessions.has(path)
    if (isSession) answer.pipe(this.#tap()).pipe(outgoing)
    else answer.pipe(outgoing)
  }

  /** The redirect as a path of the page's own origin. Another host's is left as it is: the client refuses it. */
  #learnRedirect(path: string, answer: IncomingMessage): string | undefined {
    const { location } = answer.headers
    if (location === undefined) return undefined
    const target = URL.parse(location, new URL(path, this.#upstream))
    // behind a proxy a server may name its public host: for the session that is what --server stands for
    if (target === null || (target.hostname !== this.#upstream.hostname && !this.#sessions.has(path))) return location
    if (this.#sessions.has(path)) {
      this.#sessions.add(target.pathname)
      this.#prefixes.add(target.pathname)
    }
    return target.pathname + target.search
  }

  /** Reads along while a session passes, for the paths that it names. */
  #tap(): Transform {
    const chunks: Buffer[] = []
    let size = 0
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        size += chunk.length
        if (size <= maxSession) chunks.push(chunk)
        done(null, chunk)
      },
      flush: (done) => {
        if (size <= maxSession) this.#learnSession(Buffer.concat(chunks).toString('utf8'))
        done()
      },
    })
  }

  #learnSession(text: string): void {
    let session: Record<string, unknown>
    try {
      session = JSON.parse(text) as Record<string, unknown>
    } catch {
      return
    }
    for (const name of ['apiUrl', 'uploadUrl', 'downloadUrl', 'eventSourceUrl']) {
      const value = session[name]
      if (typeof value !== 'string') continue
      const path = URL.parse(value.split('{', 1)[0] ?? '', this.#upstream)?.pathname
      // a template at the root would make every path of ours the server's
      if (path !== undefined && path !== '/') this.#prefixes.add(path)
    }
  }

  #open(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
    const open = this.#upstream.protocol === 'https:' ? httpsRequest : httpRequest
    return open({ ...options, hostname: this.#upstream.hostname, port: this.#upstream.port }, onAnswer)
  }
}
