/**
 * The app as Stalwart serves it as an application under a path of its own (stalwart.md §2.3): an unknown path gets the
 * page, `<base href="/">` is moved there, all but the page is kept for a year, few types are known, nothing is compressed,
 * and no security header is sent.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { hostedFiles } from '../../src/build/hosted-files.ts'
import { pathOf } from './static-files.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
}

export class ApplicationHosting {
  readonly #prefix: string
  readonly #files: ReadonlyMap<string, Uint8Array>

  /** `prefix` is one segment, such as `/webmail`. */
  constructor(directory: string, prefix: string, config: unknown) {
    this.#prefix = prefix
    this.#files = hostedFiles(directory, JSON.stringify(config))
  }

  respond(request: IncomingMessage, response: ServerResponse): void {
    const asked = pathOf(request)
    if (asked !== this.#prefix && !asked.startsWith(`${this.#prefix}/`)) {
      response.writeHead(404).end()
      return
    }
    const path = asked.slice(this.#prefix.length + 1)
    const file = path === 'index.html' ? undefined : this.#files.get(path)
    if (file === undefined) {
      const html = new TextDecoder().decode(this.#files.get('index.html'))
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' })
      response.end(html.replace('<base href="/"', `<base href="${this.#prefix}/"`))
      return
    }
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
    response.end(file)
  }
}
