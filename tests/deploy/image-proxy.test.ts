/** The proxy that README shows, run as it stands there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

interface Worker {
  fetch(request: Request, env: { KEY?: string }): Promise<Response>
}

const directory = mkdtempSync(join(tmpdir(), 'postern-image-proxy-'))
let worker: Worker

beforeAll(async () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
  const [, code] = /^```js\n([\s\S]*?)^```$/m.exec(readme) ?? []
  const file = join(directory, 'worker.mjs')
  writeFileSync(file, code ?? '')
  const loaded = (await import(pathToFileURL(file).href)) as { default: Worker }
  worker = loaded.default
})
afterAll(() => rmSync(directory, { recursive: true }))
afterEach(() => {
  vi.unstubAllGlobals()
})

/** Asks through the proxy; `answers` are what the hosts of pictures say, in order. Answers with what they were asked. */
async function ask(
  url: string,
  answers: readonly Response[],
  key = 'k',
  method = 'GET',
): Promise<[Response, string[]]> {
  const left = [...answers]
  const asked: string[] = []
  vi.stubGlobal('fetch', (to: URL, init: RequestInit) => {
    asked.push(`${to.href} ${Object.keys(init.headers ?? {}).join(' ')}`)
    return Promise.resolve(left.shift() ?? new Response(null, { status: 404 }))
  })
  const request = new Request(`https://images.example.net/?key=${key}&url=${encodeURIComponent(url)}`, {
    method,
    headers: { Cookie: 'a=b', Authorization: 'Basic x' },
  })
  return [await worker.fetch(request, { KEY: 'k' }), asked]
}

const picture = (type = 'image/png', size = 10): Response =>
  new Response(new Uint8Array(size), { headers: { 'Content-Type': type, 'Set-Cookie': 'id=1' } })
const moved = (to: string): Response => new Response(null, { status: 302, headers: { Location: to } })

describe('the proxy of README', () => {
  it('passes a picture on, with nothing of the reader and nothing but the picture', async () => {
    const [answer, asked] = await ask('https://shop.example/a.png', [picture('image/PNG; charset=x')])
    expect(answer.status).toBe(200)
    expect((await answer.arrayBuffer()).byteLength).toBe(10)
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'private, max-age=86400',
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    })
    expect(asked).toEqual(['https://shop.example/a.png Accept User-Agent'])
  })

  it('follows a few redirects, and looks at each', async () => {
    const [answer, asked] = await ask('https://shop.example/a', [
      moved('/b'),
      moved('https://cdn.example/c'),
      picture(),
    ])
    expect(answer.status).toBe(200)
    expect(asked).toHaveLength(3)
    expect((await ask('https://shop.example/a', [moved('https://127.0.0.1/b'), picture()]))[0].status).toBe(400)
    const [lost, tries] = await ask(
      'https://shop.example/a',
      Array.from({ length: 9 }, () => moved('/a')),
    )
    expect([lost.status, tries.length]).toEqual([502, 4])
  })

  it.each([
    'http://shop.example/a.png',
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://0x7f.1/a.png',
    'https://localhost/a.png',
    'https://shop.example:8443/a.png',
    'https://a:b@shop.example/a.png',
    'file:///etc/passwd',
    'a.png',
    '',
  ])('asks nobody for %j', async (url) => {
    const [answer, asked] = await ask(url, [picture()])
    expect([answer.status, asked]).toEqual([400, []])
  })

  it.each([['text/html'], ['image/svg+xml'], ['']])('passes on nothing of type %j', async (type) => {
    expect((await ask('https://shop.example/a.png', [picture(type)]))[0].status).toBe(502)
  })

  it('stops where a picture is too large, and works for nobody without the key', async () => {
    const [large] = await ask('https://shop.example/a.png', [picture('image/png', 10_000_001)])
    await expect(large.arrayBuffer()).rejects.toThrow()
    expect((await ask('https://shop.example/a.png', [picture()], 'x'))[0].status).toBe(403)
    expect((await ask('https://shop.example/a.png', [picture()], 'k', 'POST'))[0].status).toBe(403)
    const request = new Request('https://images.example.net/?url=https%3A%2F%2Fshop.example')
    expect((await worker.fetch(request, {})).status).toBe(403)
  })
})
