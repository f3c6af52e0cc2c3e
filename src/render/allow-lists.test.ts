import { describe, expect, it } from 'vitest'
import { allowedTags, isAllowedAttribute, isRasterDataUrl } from './allow-lists.ts'
import { isAllowedHref } from './link-schemes.ts'

describe('allow-lists', () => {
  it('has no tag that loads, runs or submits anything', () => {
    const refused =
      'script style svg math link meta base iframe frame frameset object embed applet form input button select textarea template audio video source dialog canvas marquee portal slot'
    expect(refused.split(' ').filter((tag) => allowedTags.has(tag))).toEqual([])
  })

  it.each([
    ['p', 'onclick'],
    ['img', 'src'],
    ['img', 'srcset'],
    ['p', 'style'],
    ['table', 'background'],
    ['a', 'target'],
    ['a', 'ping'],
    ['div', 'href'],
    ['div', 'data-x'],
    ['div', 'tabindex'],
    ['div', 'constructor'],
    ['constructor', 'href'],
    ['__proto__', 'href'],
  ])('refuses <%s %s>', (tag, name) => {
    expect(isAllowedAttribute(tag, name, 'x')).toBe(false)
  })

  it('takes what the walker sets itself, with its own values only', () => {
    expect(isAllowedAttribute('h1', 'aria-level', '3')).toBe(true)
    expect(isAllowedAttribute('h1', 'aria-level', '1')).toBe(false)
    expect(isAllowedAttribute('table', 'role', 'presentation')).toBe(true)
    expect(isAllowedAttribute('div', 'role', 'alert')).toBe(false)
  })

  it('refuses lengths that would blow a letter up', () => {
    expect(isAllowedAttribute('td', 'width', '600')).toBe(true)
    expect(isAllowedAttribute('td', 'width', '100%')).toBe(true)
    expect(isAllowedAttribute('td', 'height', '99999999')).toBe(false)
  })

  it.each(['https://example.com/a', 'HTTP://example.com', 'mailto:a@example.com', 'tel:+4612345', '#top'])(
    'links %s',
    (href) => {
      expect(isAllowedHref(href)).toBe(true)
    },
  )

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'blob:https://example.com/x',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.com',
    '/path',
    'https:example.com',
    'https://exa\u202emple.com',
    'https://exam ple.com',
  ])('does not link %s', (href) => {
    expect(isAllowedHref(href)).toBe(false)
  })

  it('takes a data URL for a picture only when it is a raster one', () => {
    expect(isRasterDataUrl('data:image/png;base64,AAAA')).toBe(true)
    expect(isRasterDataUrl('data:image/svg+xml,<svg/>')).toBe(false)
    expect(isRasterDataUrl('data:text/html,x')).toBe(false)
  })
})
