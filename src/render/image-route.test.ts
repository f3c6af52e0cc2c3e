import { describe, expect, it } from 'vitest'
import { readImageRoute, routed } from './image-route.ts'

const answering =
  (body: string | null, status = 200, type = 'application/json'): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { 'content-type': type } }))

const proxied = '{"imageProxy": "https://images.example.net/fetch?key=1"}'

describe('the way that pictures come', () => {
  it.each([
    ['no config.json', answering(null, 404)],
    ['a host that answers its page for it', answering('<!doctype html>', 200, 'text/html')],
    ['one that names no proxy', answering('{"servers": []}')],
  ])('is from their senders with %s', async (_, fetch) => {
    expect(await readImageRoute(fetch)).toBeNull()
  })

  it('is through the proxy that it names, with the picture’s address as a parameter', async () => {
    const route = await readImageRoute(answering(proxied))
    const pictures = new Map([[3, 'https://shop.example/a.png?b=1&c=2#d']])
    expect(routed(pictures, route).get(3)).toBe(
      'https://images.example.net/fetch?key=1&url=https%3A%2F%2Fshop.example%2Fa.png%3Fb%3D1%26c%3D2%23d',
    )
    expect(routed(pictures, null)).toEqual(pictures)
  })

  it.each([
    ['a page of a gate', answering('{}', 403)],
    ['no JSON', answering('{"imageProxy": ')],
    ['a proxy without encryption', answering('{"imageProxy": "http://images.example.net"}')],
    ['a proxy that is no text', answering('{"imageProxy": true}')],
    ['no network', () => Promise.reject(new TypeError('offline'))],
  ])('is not known with %s: nobody is asked directly by mistake', async (_, fetch) => {
    await expect(readImageRoute(fetch)).rejects.toThrow()
  })
})
