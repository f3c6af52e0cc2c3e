import { describe, expect, it } from 'vitest'
import { readAuthservIds, readOffer } from './read-offer.ts'
import type { SignInOffer } from '../auth/outcomes.ts'

/** As much of a page as is touched. `answers` says what its host answers at a path; nothing: no network. */
function page(answers: (path: string) => Response = () => Response.error()) {
  const asked: string[] = []
  const icon = { name: '' }
  const meta = { setAttribute: (_name: string, value: string) => (icon.name = value) }
  const document = { title: 'Sign in - mail.example.com', querySelector: () => meta } as unknown as Document
  const fetch = ((path: string, { credentials }: RequestInit = {}) => {
    asked.push(`${path} ${String(credentials)}`)
    const answer = answers(path)
    return answer.type === 'error' ? Promise.reject(new TypeError('no network')) : Promise.resolve(answer)
  }) as typeof globalThis.fetch
  return { document, fetch, asked, icon }
}

const typed = (type: string, status = 200): Response =>
  new Response(null, { status, headers: { 'Content-Type': type } })
const json = (): Response => typed('application/json')
const read = (text: string, response = json()): Promise<SignInOffer> => readOffer(page(), response, text)

describe('a config.json that says what it should', () => {
  it('is no notice, whatever it names', async () => {
    const whole = {
      servers: ['https://mail.example.com/jmap/session'],
      allowedOrigins: ['https://files.example.com'],
      rewriteToOrigin: false,
      signIn: ['token', 'password'],
      cookies: 'same-origin',
      authservIds: ['mail.example.com'],
      imageProxy: 'https://images.example.net/fetch?key=1',
    }
    expect(await read(JSON.stringify(whole))).toEqual({})
    expect(await read('{}')).toEqual({})
  })

  it('may give another name, also to the title and the icon on a home screen, and an account to try', async () => {
    const { document, fetch, icon } = page()
    const demo = { username: 'a', password: 'b' }
    const offer = await readOffer({ document, fetch }, json(), JSON.stringify({ productName: "Anna's Post", demo }))
    expect(offer).toEqual({ productName: "Anna's Post", demo })
    expect(icon.name).toBe("Anna's Post")
    expect(document.title).toBe("Sign in - mail.example.com - Anna's Post")
  })
})

describe('readAuthservIds', () => {
  const namesOf = (text: string, status = 200) => readAuthservIds(page(() => new Response(text, { status })))

  it.each([
    ['{"authservIds": ["mail.example.com", "mx-2.example"]}', ['mail.example.com', 'mx-2.example']],
    ['{"authservIds": ["mail.example.com", "https://x"]}', []],
    ['{"authservIds": "mail.example.com"}', []],
    ['{}', []],
  ])('reads %s', async (text, names) => {
    expect(await namesOf(text)).toEqual(names)
  })

  it('knows of none where there is no such file, and nothing where it did not come', async () => {
    expect(await namesOf('Not found', 404)).toEqual([])
    await expect(namesOf('<!doctype html>')).rejects.toThrow()
    await expect(readAuthservIds(page())).rejects.toThrow('no network')
  })
})

describe('no config.json', () => {
  const missing = (): Response => new Response(null, { status: 404 })
  const at = (answers: Record<string, Response>) => page((path) => answers[path] ?? typed('text/html', 404))

  it.each<[string, Record<string, Response>]>([
    ['answers JMAP', { '/jmap/session': json() }],
    ['wants a password for it', { '/jmap/session': new Response(null, { status: 401 }) }],
    ['answers it at its well-known place', { '/.well-known/jmap': json() }],
    ['is ill', { '/jmap/session': typed('text/html', 502) }],
    ['cannot be reached', { '/jmap/session': Response.error() }],
  ])('is nothing to say where the host %s', async (_what, answers) => {
    const host = at(answers)
    expect(await readOffer(host, missing(), 'Not found')).toEqual({})
    // A browser would ask for the password in a window of its own, were cookies and passwords sent.
    expect(host.asked.every((one) => one.endsWith(' omit'))).toBe(true)
  })

  it('is a sentence for the admin where the host has no mail either', async () => {
    expect((await readOffer(at({}), missing(), '')).notice).toMatch(/no config\.json that names a mail server/)
    const startPage = at({ '/jmap/session': typed('text/html'), '/.well-known/jmap': typed('text/html') })
    expect((await readOffer(startPage, missing(), '')).notice).toMatch(/no config\.json/)
  })
})

describe('something else in its place is named to its admin', () => {
  it.each<[string, Response, RegExp]>([
    ['a web page', typed('text/html; charset=utf-8'), /In place of config\.json the server answers with a web page/],
    ['a refusal', typed('text/html', 403), /config\.json .* cannot be read: the server answers 403/],
    ['an error', typed('text/html', 500), /the server answers 500/],
    ['JSON under another type', typed('text/plain'), /calls it "text\/plain".*application\/json/],
  ])('%s', async (_what, response, sentence) => {
    expect((await read('{}', response)).notice).toMatch(sentence)
  })
})

describe('a wrong one is named to its admin', () => {
  it.each<[string, string, RegExp]>([
    ['broken JSON', '{"servers": [', /no JSON/],
    ['nothing at all', '', /no JSON/],
    ['a list', '[]', /one object/],
    ['null', 'null', /one object/],
    ['a server without its scheme', '{"servers": ["mail.example.com"]}', /"servers".*list of http or https addresses/],
    ['one server that is no list', '{"servers": "https://mail.example.com"}', /"servers".*such as \["https:/],
    ['an origin with a path', '{"allowedOrigins": ["https://a.example/x"]}', /"allowedOrigins".*without a path/],
    ['yes for true', '{"rewriteToOrigin": "yes"}', /"rewriteToOrigin".*true or false/],
    ['a name that is a number', '{"productName": 7}', /"productName".*in quotes/],
    ['an unknown way of signing in', '{"signIn": ["oauth"]}', /"signIn".*"token" and "password"/],
    ['cookies for everybody', '{"cookies": "include"}', /"cookies".*"omit" or "same-origin"/],
    ['an address for a name', '{"authservIds": ["https://mail.example.com"]}', /"authservIds".*host names/],
    ['a proxy without encryption', '{"imageProxy": "http://images.example.net"}', /"imageProxy".*https address/],
    ['half an account to try', '{"demo": {"username": "a"}}', /"demo".*"password"/],
    ['a misspelt member', '{"server": ["https://mail.example.com"]}', /"server".*misspelt/],
    ['an inherited name', '{"constructor": 1}', /"constructor".*misspelt/],
  ])('%s', async (_what, text, sentence) => {
    const offer = await read(text)
    expect(offer.notice).toMatch(sentence)
    expect(offer).not.toHaveProperty('demo')
    expect(offer).not.toHaveProperty('productName')
  })

  it('and all of its mistakes at once; what is right still counts', async () => {
    const offer = await read('{"servers": 1, "cookies": 2, "productName": "Post"}')
    expect(offer.notice).toMatch(/"servers".*"cookies"/)
    expect(offer.productName).toBe('Post')
  })
})
