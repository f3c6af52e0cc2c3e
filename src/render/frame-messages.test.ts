import { describe, expect, it } from 'vitest'
import { readCall, readReport } from './frame-messages.ts'

describe('readReport', () => {
  it('clamps sizes', () => {
    expect(readReport({ t: 'size', h: 1e9, w: -4 })).toEqual({ kind: 'size', height: 20_000, width: 0 })
    expect(readReport({ t: 'size', h: 120.2, w: 300 })).toEqual({ kind: 'size', height: 121, width: 300 })
  })

  it.each([
    null,
    7,
    'size',
    {},
    { t: 'size', h: '9', w: 9 },
    { t: 'size', h: NaN, w: 9 },
    { t: 'done' },
    { t: 'key', key: 'x'.repeat(99), code: '' },
  ])('hears nothing in %j', (data) => {
    expect(readReport(data)).toBeNull()
  })

  it('keeps of a key what it must', () => {
    expect(readReport({ t: 'key', key: 'j', code: 'KeyJ', ctrl: 1, alt: true, extra: 'x' })).toEqual({
      kind: 'key',
      press: { key: 'j', code: 'KeyJ', ctrl: false, meta: false, alt: true, shift: false },
    })
  })

  it('shows no target that is no address', () => {
    expect(readReport({ t: 'target', href: 'javascript:alert(1)' })).toEqual({ kind: 'target', href: null })
    expect(readReport({ t: 'target', href: 'https://example.com' })).toEqual({
      kind: 'target',
      href: 'https://example.com/',
    })
  })

  it('takes a report of its policy or an error for broken', () => {
    expect(readReport({ t: 'csp', directive: 'img-src' })).toEqual({ kind: 'broken', reason: 'policy img-src' })
    expect(readReport({ t: 'error', message: 'x' })).toMatchObject({ kind: 'broken' })
  })
})

describe('readCall', () => {
  it('parses the link of a click again', () => {
    const link = { href: 'https://example.com/a', text: 'a' }
    expect(readCall({ k: 'reader/1', link })).toEqual({ kind: 'link', link })
    expect(readCall({ k: 'reader/1', link: { ...link, href: 'javascript:alert(1)' } })).toBeNull()
    expect(readCall({ k: 'reader/1', link: { ...link, href: '#x' } })).toBeNull()
    expect(readCall({ k: 'reader/2', link })).toBeNull()
  })

  it('knows a frame that refuses to run', () => {
    expect(readCall({ k: 'reader/1', refused: 'origin' })).toEqual({ kind: 'refused' })
    expect(readCall({ k: 'reader/1', ready: 1 })).toEqual({ kind: 'ready' })
  })
})
