import { describe, expect, it } from 'vitest'
import { answerFor, cachePrefix, cachesToDelete, isOfType, pathIn, releasesToKeep } from './shell-cache.ts'

const scope = 'https://webmail.example.com/'
const files = new Set(['/', '/assets/index-1.js', '/parse.html', '/manifest.json', '/icons/postern.svg'])
const ask = (path: string, mode = 'navigate', method = 'GET') =>
  answerFor({ method, mode, url: new URL(path, scope).href, scope }, files)

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
    expect(answerFor({ method: 'GET', mode: 'cors', url: 'https://mail.example.com/', scope }, files)).toBe('network')
    expect(ask('/', 'navigate', 'POST')).toBe('network')
    expect(ask('/in/abc', 'cors')).toBe('network')
  })

  it('takes no path that only begins like one of the mail server', () => {
    expect(ask('/jmapped')).toBe('shell')
  })
})

describe('an app that lives below the root of its host', () => {
  const below = 'https://host.example.com/webmail/'
  const request = { method: 'GET', mode: 'navigate', scope: below }

  it('answers below its own address only', () => {
    expect(answerFor({ ...request, url: `${below}in/a` }, files)).toBe('shell')
    expect(answerFor({ ...request, url: `${below}assets/index-1.js` }, files)).toBe('kept')
    expect(answerFor({ ...request, url: 'https://host.example.com/' }, files)).toBe('network')
    expect(answerFor({ ...request, url: 'https://host.example.com/assets/index-1.js' }, files)).toBe('network')
  })

  it('knows a file by its path there', () => {
    expect(pathIn(below, `${below}assets/a.js?x`)).toBe('/assets/a.js')
    expect(pathIn(below, 'https://host.example.com/webmailer/')).toBeUndefined()
  })
})

describe('what may be kept', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', true],
    ['/parse.html', 'TEXT/HTML', true],
    ['/assets/a.js', 'text/javascript', true],
    ['/assets/a.js', 'application/javascript; charset=utf-8', true],
    ['/assets/a.css', 'text/css', true],
    ['/manifest.json', 'application/manifest+json', true],
    ['/icons/a.png', 'image/png', true],
  ])('%s as %s', (path, type, isKept) => {
    expect(isOfType(path, type)).toBe(isKept)
  })

  it.each(['/assets/a.js', '/assets/a.css', '/manifest.json', '/icons/a.png'])(
    "no portal's page in the place of %s",
    (path) => {
      expect(isOfType(path, 'text/html')).toBe(false)
    },
  )

  it('no script, style or page of an unknown type: browsers would refuse it', () => {
    for (const path of ['/', '/assets/a.js', '/assets/a.css']) {
      expect(isOfType(path, null)).toBe(false)
      expect(isOfType(path, 'text/plain')).toBe(false)
    }
  })
})

describe('which releases stay', () => {
  it('keeps this one and the one before', () => {
    expect(releasesToKeep('c', ['b', 'a'], 1)).toEqual(['c', 'b'])
    expect(releasesToKeep('b', ['b', 'a'], 1)).toEqual(['b', 'a'])
    expect(releasesToKeep('a', [], 1)).toEqual(['a'])
  })

  it('keeps more while several tabs are open: one of them may be of any of them', () => {
    expect(releasesToKeep('d', ['c', 'b', 'a'], 2)).toEqual(['d', 'c', 'b', 'a'])
    expect(releasesToKeep('f', ['e', 'd', 'c', 'b', 'a'], 3)).toHaveLength(5)
  })

  it('brings a release back to the front when it is rolled back to', () => {
    expect(releasesToKeep('a', ['b', 'a'], 1)).toEqual(['a', 'b'])
  })

  it('deletes older shells only, never a cache of another name', () => {
    const names = [`${cachePrefix}a`, `${cachePrefix}b`, `${cachePrefix}c`, 'postern-releases', 'other']
    expect(cachesToDelete(names, ['c', 'b'])).toEqual([`${cachePrefix}a`])
  })
})
