import { describe, expect, it } from 'vitest'
import { answerFor, cachePrefix, cachesToDelete, releasesToKeep } from './shell-cache.ts'

const origin = 'https://webmail.example.com'
const files = new Set(['/', '/assets/index-1.js', '/parse.html', '/manifest.json', '/icons/postern.svg'])
const ask = (path: string, mode = 'navigate', method = 'GET') =>
  answerFor({ method, mode, url: new URL(path, origin).href, origin }, files)

describe('what the service worker answers', () => {
  it.each(['/', '/index.html', '/in/abc/mb1', '/in/abc/mb1/t1/e1', '/in/abc/a.b/t.c', '/settings', '/?x=1'])(
    'opens the kept shell for %s',
    (path) => {
      expect(ask(path)).toBe('shell')
    },
  )

  it.each(['/jmap', '/jmap/session', '/jmap/download/a/b/c.html', '/api/auth', '/auth/token', '/.well-known/jmap'])(
    'leaves %s to the mail server, as a navigation too',
    (path) => {
      expect(ask(path)).toBe('network')
      expect(ask(path, 'cors')).toBe('network')
    },
  )

  it.each(['/config.json', '/headers.json', '/reader-open.html', '/sw.js', '/robots.txt'])(
    'never opens the app for %s',
    (path) => {
      expect(ask(path)).toBe('network')
    },
  )

  it('answers kept files, and any hashed chunk: it may be one of the build before', () => {
    expect(ask('/parse.html')).toBe('kept')
    expect(ask('/assets/index-1.js', 'cors')).toBe('kept')
    expect(ask('/assets/thread-0.js', 'cors')).toBe('kept')
  })

  it('does not touch other origins, other methods or what a page fetches at a route', () => {
    expect(answerFor({ method: 'GET', mode: 'cors', url: 'https://mail.example.com/', origin }, files)).toBe('network')
    expect(ask('/', 'navigate', 'POST')).toBe('network')
    expect(ask('/in/abc', 'cors')).toBe('network')
  })

  it('takes no path that only begins like one of the mail server', () => {
    expect(ask('/jmapped')).toBe('shell')
  })
})

describe('which releases stay', () => {
  it('keeps this one and the one before', () => {
    expect(releasesToKeep('c', ['b', 'a'])).toEqual(['c', 'b'])
    expect(releasesToKeep('b', ['b', 'a'])).toEqual(['b', 'a'])
    expect(releasesToKeep('a', [])).toEqual(['a'])
  })

  it('brings a release back to the front when it is rolled back to', () => {
    expect(releasesToKeep('a', ['b', 'a'])).toEqual(['a', 'b'])
  })

  it('deletes older shells only, never a cache of another name', () => {
    const names = [`${cachePrefix}a`, `${cachePrefix}b`, `${cachePrefix}c`, 'postern-releases', 'other']
    expect(cachesToDelete(names, ['c', 'b'])).toEqual([`${cachePrefix}a`])
  })
})
