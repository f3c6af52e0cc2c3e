/** What the container serves, asked of a running Caddy: every header on every path, errors included. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtDirectory } from '../../src/build/build-app.ts'
import type { HeaderTable } from '../../src/build/headers-plugin.ts'
import { cacheControl, policyKind, securityHeaders } from '../../src/build/policy.ts'
import { allFiles } from '../../src/build/served-files.ts'
import type { RunningProgram } from '../servers/program.ts'
import { ImageFiles } from './image.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

const origin = 'https://mail.example.com'
const { frameHash, pdfHash } = JSON.parse(readFileSync(join(builtDirectory, 'headers.json'), 'utf8')) as HeaderTable
let image: ImageFiles
let caddy: RunningProgram
let files: readonly string[]

beforeAll(async () => {
  image = new ImageFiles()
  caddy = await image.start({ POSTERN_SERVERS: origin, POSTERN_PRODUCT_NAME: "Anna's Pöst" })
  files = allFiles(join(image.directory, 'srv/postern')).filter((path) => !/\.(?:br|gz)$|^told\//.test(path))
})
afterAll(async () => {
  await caddy.stop()
  image.remove()
})

/** Node's own client: fetch would decode, and tidy the path. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(caddy.url)
    request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) })
      })
    })
      .on('error', reject)
      .end()
  })
}

/** The headers of the table, as this deployment's policy has them. */
function expectHeaders({ headers }: Answer, path: string): void {
  const kind = /^\/(?:in\/|settings)/.test(path) || !/\.[^./]+$/.test(path) ? 'app' : policyKind(path)
  const table = {
    ...securityHeaders(kind, { frameHash, pdfHash, origins: [origin] }),
    'Strict-Transport-Security': 'max-age=31536000',
  }
  for (const [name, value] of Object.entries(table)) {
    const sent = String(headers[name.toLowerCase()]).replaceAll(/ {2,}/g, ' ')
    expect(`${path} ${name}: ${sent}`).toBe(`${path} ${name}: ${value}`)
  }
  expect(headers).not.toHaveProperty('server')
  expect(headers).not.toHaveProperty('x-powered-by')
}

describe('files', () => {
  it('each comes with all its headers, and may be kept only if its name says its content', async () => {
    expect(files.length).toBeGreaterThan(30)
    for (const file of files) {
      const path = `/${file}`
      const answer = await ask(path)
      expect(`${path} ${String(answer.status)}`).toBe(`${path} 200`)
      expectHeaders(answer, path)
      expect(`${path} ${String(answer.headers['cache-control'])}`).toBe(`${path} ${cacheControl(path)}`)
      expect(answer.headers['content-type']).toBeTruthy()
    }
  })

  it('come as they were compressed by the build, and are told apart by caches', async () => {
    for (const file of files.filter((path) => /\.(?:js|css|svg|html)$/.test(path) && path !== 'sw.js')) {
      const plain = readFileSync(join(image.directory, 'srv/postern', file))
      for (const [coding, twin, decode] of [
        ['br', 'br', brotliDecompressSync],
        ['gzip', 'gz', gunzipSync],
      ] as const) {
        const { headers, body } = await ask(`/${file}`, { 'Accept-Encoding': coding })
        expect(`${file} ${String(headers['content-encoding'])}`).toBe(`${file} ${coding}`)
        expect(body.equals(readFileSync(join(image.directory, 'srv/postern', `${file}.${twin}`)))).toBe(true)
        expect(decode(body).equals(plain)).toBe(true)
        expect(headers['vary']).toContain('Accept-Encoding')
      }
    }
  })

  it('are not sent again to who has them', async () => {
    const first = await ask('/')
    const again = await ask('/', { 'If-None-Match': String(first.headers['etag']) })
    expect(again.status).toBe(304)
    expectHeaders(again, '/')
  })
})

describe('places in the app', () => {
  it.each([
    '/',
    '/index.html',
    '/in/a.b/c',
    '/in/account/mailbox/thread.js',
    '/in/a/b.html',
    '/settings',
    '/settings/a.b/keys',
  ])('%s is answered by the page', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expectHeaders(answer, path)
  })

  it('carries no policy of its own, which would keep out the servers of the settings', async () => {
    const html = (await ask('/')).body.toString()
    expect(html).toContain('<meta name="postern"')
    expect(html).not.toContain('Content-Security-Policy')
  })
})

describe('what is not there', () => {
  it.each([
    '/nothing',
    '/nothing.html',
    '/assets/gone-abc123.js',
    '/assets/',
    '/assets',
    '/icons',
    '/told/sw.js',
    '/headers.json',
    '/settingsx',
    '/in',
    '/assets/..%2f..%2fetc%2fpasswd',
    '/../../etc/passwd',
    '/%00',
    '/.well-known/jmap',
    '/jmap/session',
  ])('%s is an error with all headers, which nobody keeps', async (path) => {
    const answer = await ask(path)
    expect([400, 404, 500]).toContain(answer.status)
    expectHeaders(answer, decodeURIComponent(path))
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.body.toString()).not.toContain('root:')
  })

  it('nothing but reading is answered', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await ask('/', {}, method)
      expect(answer.status).toBe(405)
      expectHeaders(answer, '/')
    }
    expect((await ask('/', {}, 'HEAD')).status).toBe(200)
  })
})

describe('what the settings say', () => {
  it('names the product in the manifest', async () => {
    const { body, headers } = await ask('/manifest.json')
    const manifest = JSON.parse(body.toString()) as Record<string, unknown>
    expect(manifest).toMatchObject({ name: "Anna's Pöst", short_name: "Anna's Pöst", display: 'standalone' })
    expect(headers['content-type']).toContain('application/json')
  })

  it('is config.json, asked for each time', async () => {
    const { body, headers } = await ask('/config.json?v=1')
    expect(JSON.parse(body.toString())).toMatchObject({ servers: [origin], productName: "Anna's Pöst" })
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-cache' })
  })

  it('makes another shell of other settings, since a shell is kept with its policy', async () => {
    const own = (await ask('/sw.js')).body.toString()
    const others = await image.start({ POSTERN_SERVERS: 'https://other.example' })
    try {
      const other = await (await fetch(`${others.url}/sw.js`)).text()
      const versions = [own, other].map((script) => new Set(script.match(/[0-9a-f]{12}-\d+/g)))
      expect(versions.map(({ size }) => size)).toEqual([1, 1])
      expect(versions[0]).not.toEqual(versions[1])
      expect(own).not.toContain('[[')
    } finally {
      await others.stop()
    }
  })

  it('answers that it is well', async () => {
    const answer = await ask('/healthz')
    expect([answer.status, answer.body.toString(), answer.headers['cache-control']]).toEqual([200, 'ok', 'no-store'])
    expectHeaders(answer, '/healthz')
  })
})
