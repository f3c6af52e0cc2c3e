/** The built files, held in memory: a later build of the same checkout does not change a running server. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { HeaderTable } from '../../src/build/headers-plugin.ts'
import { withOrigins } from '../../src/build/headers-plugin.ts'
import { cacheControl, policyKind, securityHeaders, type PolicyInputs } from '../../src/build/policy.ts'

interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly plain: Buffer
  readonly br: Buffer | undefined
  readonly gz: Buffer | undefined
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
}

export class StaticFiles {
  readonly policy: PolicyInputs
  readonly #files = new Map<string, StaticFile>()

  /** Reads a built directory; throws a sentence when there is none. */
  constructor(directory: string, deployment: Pick<PolicyInputs, 'origins' | 'pictures'>) {
    let table: HeaderTable
    try {
      table = JSON.parse(readFileSync(join(directory, 'headers.json'), 'utf8')) as HeaderTable
    } catch {
      throw new Error(`There is no built app in ${directory}. Run "npm run build", or leave out --no-build.`)
    }
    this.policy = { frameHash: table.frameHash, pdfHash: table.pdfHash, ...deployment }
    const read = new Map(listFiles(directory).map((path) => [path, readFileSync(join(directory, path))]))
    for (const [path, plain] of read) {
      if (/\.(?:br|gz)$/.test(path)) continue
      this.#add(path, plain, read.get(`${path}.br`), read.get(`${path}.gz`))
    }
    const index = read.get('/index.html')
    if (index !== undefined && deployment.origins.length > 0) {
      const html = Buffer.from(withOrigins(index.toString('utf8'), this.policy))
      this.#add('/index.html', html, brotliCompressSync(html), gzipSync(html))
    }
  }

  /** The file of this deployment that no build has. */
  setConfig(config: unknown): void {
    this.#add('/config.json', Buffer.from(JSON.stringify(config)), undefined, undefined)
  }

  /** Answers any path that is not the mail server's: a file, the app for its routes, or 404. */
  respond(request: IncomingMessage, response: ServerResponse): void {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const path = pathOf(request)
    const file = isRead ? this.#find(path) : undefined
    if (file === undefined) {
      this.sendText(
        response,
        isRead ? 404 : 405,
        isRead ? 'There is no such file.' : 'Only GET and HEAD are answered here.',
      )
      return
    }
    const found = file === this.#files.get('/index.html') ? '/' : path
    this.setHeaders(response, found)
    response.setHeader('Cache-Control', cacheControl(found))
    response.setHeader('ETag', file.etag)
    response.setHeader('Vary', 'Accept-Encoding')
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end()
      return
    }
    const accepted = request.headers['accept-encoding'] ?? ''
    const [encoding, body] =
      file.br && /\bbr\b/.test(accepted)
        ? ['br', file.br]
        : file.gz && /\bgzip\b/.test(accepted)
          ? ['gzip', file.gz]
          : ['', file.plain]
    if (encoding !== '') response.setHeader('Content-Encoding', encoding)
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  /** The security headers of a path; every response has them, whoever made it. */
  setHeaders(response: ServerResponse, path: string): void {
    for (const [name, value] of Object.entries(securityHeaders(policyKind(path), this.policy)))
      response.setHeader(name, value)
  }

  sendText(response: ServerResponse, status: number, text: string): void {
    this.setHeaders(response, '/error')
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(text + '\n')
  }

  #find(path: string): StaticFile | undefined {
    const isRoute = path === '/' || path.startsWith('/in/') || extname(path) === ''
    return this.#files.get(path) ?? (isRoute ? this.#files.get('/index.html') : undefined)
  }

  #add(path: string, plain: Buffer, br: Buffer | undefined, gz: Buffer | undefined): void {
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    this.#files.set(path, { type: types[extname(path)] ?? 'application/octet-stream', etag, plain, br, gz })
  }
}

/** The path of a request, decoded once; what cannot be decoded finds no file. */
export function pathOf(request: IncomingMessage): string {
  const raw = (request.url ?? '/').split('?', 1)[0] ?? '/'
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => '/' + relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
