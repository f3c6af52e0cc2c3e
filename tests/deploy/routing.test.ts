/** One host, two servers behind it: who answers what, through the proxies whose configuration we ship. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { demoPeople } from '../../demo/mailbox/demo-mailbox.ts'
import { serve, type DemoSite } from '../../demo/http/serve.ts'
import { packedPaths, stalwartPaths } from '../../src/build/stalwart-paths.ts'
import { builtDirectory } from '../../src/build/build-app.ts'
import { runProgram, whyNoProgram, type RunningProgram } from '../servers/program.ts'
import { traefikProgram, whyNoTraefik } from '../servers/traefik.ts'
import { freePort } from '../support/free-port.ts'
import { ImageFiles } from './image.ts'

const repository = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(repository, 'README.md'), 'utf8')
const work = mkdtempSync(join(tmpdir(), 'postern-routing-'))
let image: ImageFiles
let postern: RunningProgram
let demo: DemoSite
/** Answers every path with its own name. */
const stalwart = createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/plain').end('stalwart')
})
/** Answers in JSON and packs nothing, as Stalwart does. */
const ANSWER = JSON.stringify({ methodResponses: Array.from({ length: 200 }, (_, index) => ['Core/echo', {}, index]) })
const unpacked = createServer((_request, response) => {
  response
    .writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': ANSWER.length })
    .end(ANSWER)
})

beforeAll(async () => {
  image = new ImageFiles()
  postern = await image.start({ POSTERN_REWRITE_TO_ORIGIN: 'true' })
  demo = await serve({ messages: 20 })
  for (const server of [stalwart, unpacked]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  await postern.stop()
  await demo.close()
  for (const server of [stalwart, unpacked]) server.close()
  image.remove()
  rmSync(work, { recursive: true, force: true })
})

type Start = (mailServer: string) => Promise<RunningProgram>

/** README's own lines, with the addresses of this test. */
const startCaddy: Start = async (mailServer) => {
  const port = await freePort()
  const block = /```caddyfile\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const site = block
    .replace('mail.example.com {', `:${String(port)} {`)
    .replace('127.0.0.1:8080', mailServer)
    .replaceAll('/srv/postern/dist', builtDirectory)
  const file = join(work, `Caddyfile-${String(port)}`)
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`)
  return runProgram(['caddy', 'run', '--adapter', 'caddyfile', '--config', file], {
    url: `http://127.0.0.1:${String(port)}`,
    env: { XDG_CONFIG_HOME: work, XDG_DATA_HOME: work },
  })
}

/** The routes of deploy/traefik, without certificates. */
const startTraefik: Start = async (mailServer) => {
  const port = await freePort()
  const routes = readFileSync(join(repository, 'deploy/traefik/one-host.yaml'), 'utf8')
    .replaceAll('http://stalwart:8080', `http://${mailServer}`)
    .replaceAll('http://postern:8080', postern.url)
    .replaceAll(/\n *tls: .*/g, '')
  const file = join(work, `routes-${String(port)}.yaml`)
  writeFileSync(file, routes)
  const running = await runProgram(
    [
      traefikProgram,
      `--providers.file.filename=${file}`,
      `--entrypoints.web.address=127.0.0.1:${String(port)}`,
      '--global.checknewversion=false',
      '--global.sendanonymoususage=false',
    ],
    { url: `http://127.0.0.1:${String(port)}`, env: { MAIL_HOST: '127.0.0.1' } },
  )
  // It listens before it has read its routes.
  for (;;) {
    if ((await fetch(running.url)).status === 200) return running
    await new Promise((done) => setTimeout(done, 10))
  }
}

/** README's own server, without certificates; what nginx writes goes beside it. One process: none outlives its master. */
const startNginx: Start = async (mailServer) => {
  const port = await freePort()
  const block = /```nginx\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const site = block
    .replace('listen 443 ssl;', `listen 127.0.0.1:${String(port)};`)
    .replace('http://127.0.0.1:8080', `http://${mailServer}`)
    .replaceAll('/srv/postern/dist', builtDirectory)
  const file = join(work, `nginx-${String(port)}.conf`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${work}/${name};`,
  )
  const types = `types { text/html html; text/css css; text/javascript js; application/json json; image/png png; image/svg+xml svg; }`
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${file}.pid;\nerror_log stderr;\nevents {}\nhttp {\n${types}\naccess_log off;\n${temporary.join('\n')}\n${site}}\n`,
  )
  return runProgram(['/usr/sbin/nginx', '-c', file, '-e', 'stderr'], { url: `http://127.0.0.1:${String(port)}` })
}

interface Proxy {
  readonly name: string
  readonly start: Start
  /** Why it cannot be asked on this machine. */
  readonly why?: string | undefined
}

const proxies: readonly Proxy[] = [
  { name: 'Caddy, by README', start: startCaddy },
  { name: 'Traefik, by deploy/traefik', start: startTraefik, why: whyNoTraefik() },
  { name: 'nginx, by README', start: startNginx, why: whyNoProgram('nginx', 'nginx-light') },
]
const here = proxies.filter(({ why }) => why === undefined)

describe.each(here)('$name', ({ name, start }) => {
  it('gives Stalwart what is its own, and everything else to the page', async () => {
    const proxy = await start(`127.0.0.1:${String((stalwart.address() as AddressInfo).port)}`)
    try {
      const own = [
        '/jmap',
        '/jmap/session',
        '/jmap/ws',
        '/.well-known/jmap',
        '/.well-known/acme-challenge/x',
        '/auth/token',
        '/api/auth',
        '/dav/cal/mara/',
        '/login',
        '/device',
        '/form',
        '/logo.svg'.slice(0, 5),
        '/healthz/live',
        '/metrics/prometheus',
        '/robots.txt',
        '/mail/config-v1.1.xml',
        '/calendar/rsvp',
        '/account/',
        '/admin/',
        '/autodiscover/autodiscover.xml',
        '/Autodiscover/Autodiscover.xml',
        '/AutoDiscover/AutoDiscover.xml',
      ]
      for (const path of own) {
        const text = await (await fetch(proxy.url + path)).text()
        expect(`${path}: ${text}`).toBe(`${path}: stalwart`)
      }
      const page = ['/', '/in/jmap/session', '/settings/account', '/index.html']
      for (const path of page) {
        const response = await fetch(proxy.url + path)
        expect(`${path}: ${response.headers.get('content-type') ?? ''}`).toMatch(/: text\/html/)
        expect(await response.text()).toContain('<meta name="postern"')
        expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      }
      const files = ['/sw.js', '/manifest.json', '/parse.html', '/jmapx', '/mail/x', '/accounts', '/assets/none.js']
      for (const path of files) {
        const response = await fetch(proxy.url + path)
        expect(await response.text()).not.toBe('stalwart')
        expect(`${path}: ${response.headers.get('x-content-type-options') ?? ''}`).toBe(`${path}: nosniff`)
      }
    } finally {
      await proxy.stop()
    }
  })

  it('packs the answers of JMAP; downloads keep their length', async () => {
    const proxy = await start(`127.0.0.1:${String((unpacked.address() as AddressInfo).port)}`)
    try {
      const ask = async (path: string, method: string): Promise<string> => {
        const response = await fetch(proxy.url + path, { method, headers: { 'accept-encoding': 'gzip' } })
        expect(await response.text()).toBe(ANSWER)
        return `${path} ${response.headers.get('content-encoding') ?? response.headers.get('content-length') ?? ''}`
      }
      expect(await ask('/jmap/', 'POST')).toBe('/jmap/ gzip')
      expect(await ask('/jmap', 'POST')).toBe('/jmap gzip')
      expect(await ask('/jmap/session', 'GET')).toBe('/jmap/session gzip')
      const file = '/jmap/download/a/b/c.json'
      // nginx packs by type alone: there a file of JSON loses its length.
      const length = name.startsWith('nginx') ? 'gzip' : String(ANSWER.length)
      expect(await ask(file, 'GET')).toBe(`${file} ${length}`)
    } finally {
      await proxy.stop()
    }
  })

  it('passes mail through: the session, and an event as it happens', async () => {
    const proxy = await start(new URL(demo.url).host)
    try {
      const { username, password } = demoPeople.mara
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      const headers = { authorization }
      const session = (await (await fetch(`${proxy.url}/jmap/session`, { headers })).json()) as Record<string, string>
      expect(session['username']).toBe(username)
      const stream = new URL(
        (session['eventSourceUrl'] ?? '')
          .replace('{types}', '*')
          .replace('{closeafter}', 'no')
          .replace('{ping}', '300'),
      )
      // Its head comes before any event, or nobody would know that the stream is open.
      const events = await fetch(proxy.url + stream.pathname + stream.search, { headers })
      expect(events.headers.get('content-type')).toContain('text/event-stream')
      expect(events.headers.get('content-encoding')).toBeNull()
      const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
      demo.server.accountOf(username).deliver('From: a@b.example\r\nSubject: Now\r\n\r\nNow.\r\n')
      let seen = ''
      while (!seen.includes('event: state')) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
        if (done) break
        seen += value
      }
      expect(seen).toContain('event: state')
      await reader?.cancel()
    } finally {
      await proxy.stop()
    }
  })
})

for (const proxy of proxies)
  it.skipIf(proxy.why !== undefined)(`${proxy.name}, was asked${proxy.why ? ` (${proxy.why})` : ''}`, () => {
    expect(here).toContain(proxy)
  })

describe('what we ship', () => {
  it('routes by one table', () => {
    const oneHost = readFileSync(join(repository, 'deploy/traefik/one-host.yaml'), 'utf8')
    const twoHosts = readFileSync(join(repository, 'deploy/traefik/two-hosts.yaml'), 'utf8')
    expect(oneHost).toContain(`PathRegexp(\`${stalwartPaths}\`)`)
    for (const routes of [oneHost, twoHosts]) expect(routes).toContain(`PathRegexp(\`${packedPaths}\`)`)
    expect(readme).toContain(`@packed path_regexp ${packedPaths}\n`)
    expect(readme).toContain(`@mail path_regexp ${stalwartPaths}\n`)
    expect(readme).toContain(`location ~ ${stalwartPaths} {`)
  })

  it.each(['compose.yaml', 'compose.two-hosts.yaml'])('deploy/%s is what Compose reads', (name) => {
    const file = parse(readFileSync(join(repository, 'deploy', name), 'utf8')) as {
      services: Record<string, { volumes?: string[]; environment?: Record<string, string>; image?: string }>
      volumes?: Record<string, unknown>
    }
    const known = readFileSync(join(repository, 'deploy/image/postern'), 'utf8')
    for (const [service, { volumes = [], environment = {}, image: from }] of Object.entries(file.services)) {
      if (from !== undefined && service !== 'postern') expect(from).toMatch(/:v\d/)
      for (const volume of volumes) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('.')) expect(readFileSync(join(repository, 'deploy', source), 'utf8')).toContain('http:')
        else expect(file.volumes).toHaveProperty(source)
      }
      // a setting that the program does not read would be silently without effect
      for (const variable of Object.keys(environment).filter((key) => key.startsWith('POSTERN_')))
        expect(known).toContain(variable)
    }
  })
})
