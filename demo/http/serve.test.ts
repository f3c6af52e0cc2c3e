import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { metaPolicy } from '../../src/build/policy.ts'
import { serve, serveUpstream, type DemoOptions, type Site } from './serve.ts'

const inputs = { frameHash: 'sha256-frame=', pdfHash: 'sha256-pdf=', origins: [] }
let directory = ''
const open: { close(): Promise<void> }[] = []

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'postern-dist-'))
  mkdirSync(join(directory, 'assets'))
  const meta = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy('app', inputs)}" />`
  writeFileSync(join(directory, 'index.html'), `<!doctype html>${meta}<title>Postern</title>`)
  writeFileSync(
    join(directory, 'headers.json'),
    JSON.stringify({ frameHash: inputs.frameHash, pdfHash: inputs.pdfHash, headers: {} }),
  )
  writeFileSync(join(directory, 'assets/app-1.js'), 'plain')
  writeFileSync(join(directory, 'assets/app-1.js.br'), 'brotli')
  writeFileSync(join(directory, 'sw.js'), '')
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((site) => site.close()))
})
afterAll(() => {
  rmSync(directory, { recursive: true })
})

async function demo(options: DemoOptions = {}) {
  const site = await serve({ directory, messages: 3, ...options })
  open.push(site)
  return site
}

async function upstream(url: string): Promise<Site> {
  const site = await serveUpstream(new URL(url), { directory })
  open.push(site)
  return site
}

const basic = `Basic ${Buffer.from('mara@lindqvist.example:back-door').toString('base64')}`
const get = (site: Site, path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, site.url), { headers, redirect: 'manual' })

describe('the built app', () => {
  it('answers its routes and nothing that looks like a file', async () => {
    const site = await demo()
    for (const path of ['/', '/index.html', '/in/abc/mb1/t.1', '/anything']) {
      const response = await get(site, path)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
      expect(await response.text()).toContain('<title>Postern</title>')
    }
    for (const path of ['/missing.png', '/assets/old-chunk.js', '/..%2fheaders.json'])
      expect((await get(site, path)).status).toBe(404)
  })

  it('sends the security headers with every response, errors and redirects too', async () => {
    const site = await demo()
    for (const path of [
      '/',
      '/sw.js',
      '/config.json',
      '/missing.png',
      '/%zz',
      '/jmap/session',
      '/.well-known/jmap',
      '/api/none',
    ]) {
      const { headers } = await get(site, path)
      const names = ['content-security-policy', 'referrer-policy', 'permissions-policy', 'cross-origin-opener-policy']
      expect([path, ...names.filter((name) => !headers.has(name))]).toEqual([path])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect((await fetch(site.url, { method: 'POST' })).headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get(site, '/')).headers.get('content-security-policy')).toContain("script-src 'self' 'sha256-frame='")
  })

  it('serves what was compressed at the build, for ever where the name is hashed', async () => {
    const site = await demo()
    const response = await new Promise<{ encoding: unknown; cache: unknown; body: string }>((resolve) => {
      void import('node:http').then(({ get }) =>
        get(new URL('/assets/app-1.js', site.url), { headers: { 'accept-encoding': 'br' } }, (answer) => {
          let body = ''
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
          answer.on('end', () => {
            resolve({ encoding: answer.headers['content-encoding'], cache: answer.headers['cache-control'], body })
          })
        }),
      )
    })
    expect(response).toEqual({ encoding: 'br', cache: 'public, max-age=31536000, immutable', body: 'brotli' })
    const plain = await get(site, '/assets/app-1.js', { 'accept-encoding': 'identity' })
    expect(await plain.text()).toBe('plain')
    expect((await get(site, '/assets/app-1.js', { 'if-none-match': plain.headers.get('etag') ?? '' })).status).toBe(304)
  })

  it('moves both policies of the page to the servers of the deployment', async () => {
    const site = await demo({ config: { servers: ['https://mail.example.com/jmap'] } })
    const page = await get(site, '/')
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self' https://mail.example.com;")
    expect(await page.text()).toContain("connect-src 'self' https://mail.example.com;")
    expect(await (await get(site, '/config.json')).json()).toMatchObject({ servers: ['https://mail.example.com/jmap'] })
  })

  it('says what is wrong when there is no build, or no free port', async () => {
    await expect(serve({ directory: join(directory, 'assets') })).rejects.toThrow(/npm run build/)
    const site = await demo()
    await expect(serve({ directory, port: Number(new URL(site.url).port) })).rejects.toThrow(/is in use/)
  })
})

describe('the demo server behind it', () => {
  it('tells the page how to sign in, and lets it', async () => {
    const site = await demo()
    const config = (await (await get(site, '/config.json')).json()) as { demo: { username: string; password: string } }
    const authorization = `Basic ${Buffer.from(`${config.demo.username}:${config.demo.password}`).toString('base64')}`
    const session = await get(site, '/jmap/session', { authorization })
    expect(session.status).toBe(200)
    expect(((await session.json()) as { apiUrl: string }).apiUrl).toMatch(new URL(site.url).origin)
  })

  it('packs what proxies pack: the answers of JMAP, for who takes them so, and never the event stream', async () => {
    const site = await demo()
    const encoding = async (path: string, accepted: string): Promise<string | null> => {
      const response = await get(site, path, { authorization: basic, 'accept-encoding': accepted })
      await response.body?.cancel()
      return response.headers.get('content-encoding')
    }
    expect(await encoding('/jmap/session', 'gzip, br')).toBe('gzip')
    expect(await encoding('/jmap/session', 'identity')).toBeNull()
    expect(await encoding('/jmap/eventsource/?types=*&closeafter=no&ping=0', 'gzip')).toBeNull()
    const session = await get(site, '/jmap/session', { authorization: basic, 'accept-encoding': 'gzip' })
    expect(await session.json()).toMatchObject({ username: 'mara@lindqvist.example' })
    expect(session.headers.get('vary')).toContain('Accept-Encoding')
  })

  it('cuts the line when a fault says so', async () => {
    const site = await demo({ faults: [{ match: { path: '/jmap/session' }, do: { kind: 'dropAfter' } }] })
    await expect(get(site, '/jmap/session', { authorization: basic })).rejects.toThrow('fetch failed')
    expect((await get(site, '/')).status).toBe(200)
  })

  it('imports a folder of mail into the Inbox, each message with its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-mail-'))
    mkdirSync(join(folder, 'c'))
    for (const name of ['b.eml', 'a.eml', 'notes.txt', 'c/a.eml'])
      writeFileSync(join(folder, name), `Subject: ${name}\r\n\r\nx\r\n`)
    const site = await demo({ messages: 0, mail: folder })
    rmSync(folder, { recursive: true })
    const emails = [...site.server.accountOf('mara@lindqvist.example').emails.values()].sort(
      (x, y) => y.receivedAt - x.receivedAt,
    )
    expect(emails.map(({ meta }) => meta.subject)).toEqual(['a.eml', 'b.eml', 'c/a.eml'])
    expect(Buffer.from(emails[0]!.raw()).toString()).toMatch(/^X-Postern-File: a\.eml\r\n/)
  })

  it('runs several at once, each with its own mail', async () => {
    const [one, two] = [await demo({ messages: 3 }), await demo({ messages: 9 })]
    expect(one.url).not.toBe(two.url)
    expect(one.server.accountOf('mara@lindqvist.example').emails.size).toBe(3)
    expect(two.server.accountOf('mara@lindqvist.example').emails.size).toBe(9)
  })
})

describe('in front of a real server', () => {
  it('passes sign-in, requests and the event stream on, the latter as it comes', async () => {
    const real = await demo()
    const site = await upstream(real.url)
    expect(await (await get(site, '/config.json')).json()).toEqual({ rewriteToOrigin: true })
    const session = (await (await get(site, '/jmap/session', { authorization: basic })).json()) as {
      primaryAccounts: Record<string, string>
    }
    const accountId = session.primaryAccounts['urn:ietf:params:jmap:mail']!
    const stream = await get(site, '/jmap/eventsource/?types=*&closeafter=no&ping=0', { authorization: basic })
    const reader = stream.body!.getReader()
    real.server.account(accountId).deliver('Subject: now\r\n\r\nx\r\n')
    let seen = ''
    while (!seen.includes('StateChange')) seen += new TextDecoder().decode((await reader.read()).value)
    expect(seen).toContain(accountId)
    await reader.cancel()
  })

  it('turns redirects to its own origin and learns the paths of the session', async () => {
    const server = await odd((path) => {
      if (path === '/.well-known/jmap')
        return { status: 301, headers: { location: 'https://public.example/mail/session?x=1' } }
      if (path === '/mail/session')
        return {
          status: 200,
          body: JSON.stringify({ apiUrl: 'https://public.example/rpc', downloadUrl: '/files/{blobId}' }),
        }
      return path === '/rpc' || path === '/files/1' ? { status: 200, body: 'upstream' } : { status: 404 }
    })
    const site = await upstream(server)
    expect(await (await get(site, '/rpc')).text()).toContain('Postern')
    const redirect = await get(site, '/.well-known/jmap')
    expect([redirect.status, redirect.headers.get('location')]).toEqual([301, '/mail/session?x=1'])
    expect(((await (await get(site, '/mail/session')).json()) as { apiUrl: string }).apiUrl).toBe(
      'https://public.example/rpc',
    )
    expect(await (await get(site, '/rpc')).text()).toBe('upstream')
    expect(await (await get(site, '/files/1')).text()).toBe('upstream')
  })

  it('says that the server cannot be reached, at the start and later', async () => {
    await expect(serveUpstream(new URL('http://127.0.0.1:9'), { directory })).rejects.toThrow(/cannot be reached/)
    const real = await demo()
    const site = await upstream(real.url)
    await real.close()
    const response = await get(site, '/jmap/session')
    expect(response.status).toBe(502)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.text()).toContain('did not answer')
  })
})

async function odd(
  answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string },
): Promise<string> {
  const server: Server = createServer((request, response) => {
    const { status, headers, body } = answer((request.url ?? '').split('?')[0]!)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
