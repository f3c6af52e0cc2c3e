import { describe, expect, it } from 'vitest'
import { readOffer } from './read-offer.ts'
import type { SignInOffer } from '../auth/outcomes.ts'

/** As much of a document as is touched. */
function page(): { document: Document; title: () => string | undefined } {
  let title: string | undefined
  const meta = { setAttribute: (_name: string, value: string) => (title = value) }
  const document = { querySelector: () => meta } as unknown as Document
  return { document, title: () => title }
}

const json = (): Response => new Response(null, { headers: { 'Content-Type': 'application/json' } })
const read = (text: string, response = json()): SignInOffer => readOffer(page().document, response, text)

describe('a config.json that says what it should', () => {
  it('is no notice, whatever it names', () => {
    const whole = {
      servers: ['https://mail.example.com/jmap/session'],
      allowedOrigins: ['https://files.example.com'],
      rewriteToOrigin: false,
      signIn: ['token', 'password'],
      cookies: 'same-origin',
    }
    expect(read(JSON.stringify(whole))).toEqual({})
    expect(read('{}')).toEqual({})
  })

  it('may give another name, also to the icon on a home screen, and an account to try', () => {
    const { document, title } = page()
    const demo = { username: 'a', password: 'b' }
    expect(readOffer(document, json(), JSON.stringify({ productName: "Anna's Post", demo }))).toEqual({
      productName: "Anna's Post",
      demo,
    })
    expect(title()).toBe("Anna's Post")
  })

  it('may be missing, or a static host’s start page', () => {
    expect(read('Not found', new Response(null, { status: 404 }))).toEqual({})
    expect(read('<!doctype html>', new Response(null, { headers: { 'Content-Type': 'text/html' } }))).toEqual({})
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
    ['half an account to try', '{"demo": {"username": "a"}}', /"demo".*"password"/],
    ['a misspelt member', '{"server": ["https://mail.example.com"]}', /"server".*misspelt/],
    ['an inherited name', '{"constructor": 1}', /"constructor".*misspelt/],
  ])('%s', (_what, text, sentence) => {
    const offer = read(text)
    expect(offer.notice).toMatch(sentence)
    expect(offer).not.toHaveProperty('demo')
    expect(offer).not.toHaveProperty('productName')
  })

  it('and all of its mistakes at once; what is right still counts', () => {
    const offer = read('{"servers": 1, "cookies": 2, "productName": "Post"}')
    expect(offer.notice).toMatch(/"servers".*"cookies"/)
    expect(offer.productName).toBe('Post')
  })
})
