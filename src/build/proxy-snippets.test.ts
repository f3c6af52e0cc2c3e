import { describe, expect, it } from 'vitest'
import { headerPolicy, policyKind } from './policy.ts'
import { caddySnippet, nginxHeaders, nginxMaps } from './proxy-snippets.ts'

const inputs = { frameHash: 'sha256-abc=', pdfHash: 'sha256-pdf=', origins: ['https://mail.example.com'] }
const paths = [
  '/',
  '/index.html',
  '/in/account/mailbox/thread',
  '/in/account/id-that-ends.js',
  '/reader-open.html',
  '/parse.html',
  '/sw.js',
  '/assets/index-abc.js',
  '/assets/index-abc.css',
  '/manifest.json',
  '/icons/192.png',
]

/** As Caddy and nginx read a map: the first pattern that matches, else the default. */
function looked(snippet: string, variable: string, path: string): string | undefined {
  const [, lines = ''] = snippet.split(`${variable} {`)
  for (const [, pattern, value] of lines.split('\n}')[0]!.matchAll(/^\s*"?~([^\s"]+)"? "([^"]*)"/gm))
    if (new RegExp(pattern!).test(path)) return value
  return /^\s*default "([^"]*)"/m.exec(lines)?.[1]
}

describe.each([
  ['Caddy', caddySnippet(inputs), '{postern_csp}'],
  ['nginx', nginxMaps(inputs), '$postern_csp'],
])('%s', (_, snippet, policy) => {
  it.each(paths)('gives %s the policy of the table', (path) => {
    const kind = path.startsWith('/in/') ? 'app' : policyKind(path)
    expect(looked(snippet, policy, path)).toBe(headerPolicy(kind, inputs))
  })
})

it('sends the other headers from both, HSTS too', () => {
  for (const snippet of [caddySnippet(inputs), nginxHeaders()]) {
    expect(snippet).toContain('X-Content-Type-Options "nosniff"')
    expect(snippet).toContain('Strict-Transport-Security "max-age=')
  }
})

it('keeps hashed names for ever, and nothing else', () => {
  expect(looked(nginxMaps(inputs), '$postern_cache', '/assets/index-abc.js')).toContain('immutable')
  expect(looked(nginxMaps(inputs), '$postern_cache', '/sw.js')).toBe('no-cache')
  expect(caddySnippet(inputs)).toMatch(/header @postern_kept Cache-Control "[^"]*immutable"/)
  expect(caddySnippet(inputs)).toContain('header @postern_asked Cache-Control "no-cache"')
})
