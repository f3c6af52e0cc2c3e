import { describe, expect, it } from 'vitest'
import { parseDeployment, policyOf } from './deployment.ts'
import { frameDocument, hashOf } from './frame-plugin.ts'
import { withOrigins } from './headers-plugin.ts'
import { cacheControl, framePolicy, headerPolicy, metaPolicy, policyKind, securityHeaders } from './policy.ts'

const inputs = { frameHash: 'sha256-abc=', pdfHash: 'sha256-pdf=', origins: ['https://mail.example.com'] }

describe('the table of policies', () => {
  it('gives the app the policy of the isolation design', () => {
    expect(headerPolicy('app', inputs)).toBe(
      "default-src 'none'; script-src 'self' 'sha256-abc=' 'sha256-pdf='; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self' https://mail.example.com; worker-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'none'; " +
        "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        'trusted-types postern svelte-trusted-html dompurify',
    )
  })

  it('leaves what a meta element cannot say to the header', () => {
    expect(metaPolicy('app', inputs)).not.toContain('frame-ancestors')
    expect(metaPolicy('reader-open', inputs)).not.toMatch(/sandbox|frame-ancestors/)
    expect(metaPolicy('reader-open', inputs)).toContain("script-src 'sha256-abc='")
  })

  it('never allows an inline style or a foreign script in the app', () => {
    const policy = headerPolicy('app', inputs)
    expect(policy).not.toContain('unsafe')
    expect(policy.match(/script-src [^;]*/)?.[0]).toBe("script-src 'self' 'sha256-abc=' 'sha256-pdf='")
  })

  it('lets a worker talk to the servers, and a stray file do nothing', () => {
    expect(headerPolicy('worker', inputs)).toContain("connect-src 'self' https://mail.example.com")
    expect(headerPolicy('other', inputs)).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })

  it('knows each file by its path', () => {
    const kinds = [
      '/',
      '/index.html',
      '/reader-open.html',
      '/parse.html',
      '/sw.js',
      '/assets/engine-x.js',
      '/icons/postern.svg',
      '/jmap',
    ]
    expect(kinds.map(policyKind)).toEqual(['app', 'app', 'reader-open', 'parse', 'worker', 'worker', 'other', 'other'])
  })

  it('sends every header with every kind of file', () => {
    for (const kind of ['app', 'reader-open', 'parse', 'worker', 'other'] as const) {
      expect(securityHeaders(kind, inputs)).toMatchObject({
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'X-DNS-Prefetch-Control': 'off',
      })
    }
  })

  it('keeps only hashed names for ever', () => {
    expect(cacheControl('/assets/index-abc.js')).toContain('immutable')
    expect(cacheControl('/sw.js')).toBe('no-cache')
  })
})

describe('the frame document', () => {
  it('holds exactly the script that its policy names', () => {
    const script = 'parent.postMessage({k:"reader/1"},"*")'
    const html = frameDocument(script, framePolicy(hashOf(script)))
    const inline = html.match(/<script>(.*)<\/script>/)?.[1] ?? ''
    expect(inline).toBe(script)
    expect(html).toContain(`script-src '${hashOf(inline)}'`)
    expect(html).not.toContain('https:')
  })
})

describe('config.json', () => {
  it('gives each origin once', () => {
    expect(
      policyOf({ servers: ['https://mail.example.com/jmap', 'https://mail.example.com', 'http://127.0.0.1:81'] }),
    ).toEqual({ origins: ['https://mail.example.com', 'http://127.0.0.1:81'] })
  })

  it('names the entry that is no URL, so that it never reaches a header', () => {
    expect(() => policyOf({ servers: ["mail.example.com; script-src 'unsafe-inline'"] })).toThrow(
      /no http or https URL/,
    )
    expect(() => parseDeployment('[]')).toThrow(/must hold one object/)
  })

  it('lets pictures come from its proxy alone, and from any https address where there is none', () => {
    const sources = (config: object): string | undefined =>
      /img-src [^;]*/.exec(headerPolicy('reader-open', { ...inputs, ...policyOf(config) }))?.[0]
    expect(sources({})).toBe('img-src blob: data: https:')
    expect(sources({ imageProxy: 'https://images.example.net/fetch?key=1' })).toBe(
      'img-src blob: data: https://images.example.net',
    )
    expect(headerPolicy('app', { ...inputs, ...policyOf({ imageProxy: 'https://images.example.net' }) })).toContain(
      "img-src 'self' data: blob:;",
    )
  })

  it.each([
    'http://images.example.net',
    'images.example.net',
    'https://a@images.example.net',
    '',
    'https://x; img-src *',
  ])('refuses the proxy %j with a sentence', (imageProxy) => {
    expect(() => parseDeployment(JSON.stringify({ imageProxy }))).toThrow(
      /"imageProxy" in config.json is .* no https URL/,
    )
  })

  it('moves the meta policy of a built page to its own servers', () => {
    const html = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy('app', { ...inputs, origins: [] })}" />`
    expect(withOrigins(html, inputs)).toContain(metaPolicy('app', inputs))
  })
})
