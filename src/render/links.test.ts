import { describe, expect, it } from 'vitest'
import { isDeceptive, parseLink, parseShownLink } from './links.ts'

describe('parseLink', () => {
  it('shows the host that the browser would go to', () => {
    expect(parseLink('https://User:pw@Example.COM:8443/x')).toMatchObject({
      scheme: 'https',
      display: 'example.com:8443',
      flags: ['userinfo', 'port'],
    })
    expect(parseLink('http://bank.example@evil.example/')).toMatchObject({
      display: 'evil.example',
      flags: ['userinfo', 'insecure'],
    })
    expect(parseLink('http://0x7f.1/')).toMatchObject({ display: '127.0.0.1', flags: ['ip-address', 'insecure'] })
  })

  it('decodes punycode, and stays with it where scripts are mixed', () => {
    expect(parseLink('https://bücher.example/')).toMatchObject({
      display: 'bücher.example',
      punycode: 'xn--bcher-kva.example',
      flags: ['punycode'],
    })
    expect(parseLink('https://xn--fiqs8s.example/')?.display).toBe('中国.example')
    // "раypal" with two Cyrillic letters
    expect(parseLink('https://р\u0430ypal.example/')).toMatchObject({ flags: ['mixed-script', 'punycode'] })
    expect(parseLink('https://р\u0430ypal.example/')?.display).toMatch(/^xn--/)
    // all Cyrillic, all look-alikes
    expect(parseLink('https://\u0430\u0440\u0440\u0435.example/')?.flags).toContain('mixed-script')
  })

  it('knows mail and telephone addresses', () => {
    expect(parseLink('mailto:ada@example.com?subject=x')).toMatchObject({
      scheme: 'mailto',
      display: 'ada@example.com',
    })
    expect(parseLink('tel:+46-8-123')).toMatchObject({ scheme: 'tel', display: '+46-8-123' })
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '#top', '/x', 'https://', 'ftp://example.com', ''])(
    'goes nowhere for %s',
    (href) => {
      expect(parseLink(href)).toBeNull()
    },
  )
})

describe('parseShownLink', () => {
  const flags = (href: string, text: string): readonly string[] | undefined => parseShownLink(href, text)?.flags

  it('sees when the words name another host', () => {
    expect(flags('https://evil.example/', 'https://bank.example/login')).toEqual(['text-differs'])
    expect(flags('https://evil.example/', 'www.bank.example')).toEqual(['text-differs'])
    expect(flags('https://evil.example/', 'bank\u200b.example')).toEqual(['text-differs'])
    expect(flags('https://bank.example.evil.example/', 'bank.example')).toEqual(['text-differs'])
  })

  it('lets words and the same site be', () => {
    expect(flags('https://bank.example/', 'Your account')).toEqual([])
    expect(flags('https://www.bank.example/', 'bank.example')).toEqual([])
    expect(flags('https://login.bank.example/', 'www.bank.example')).toEqual([])
    expect(flags('https://evil.example/', 'See you at 10.30')).toEqual([])
  })

  it('asks before it opens a deceptive one only', () => {
    expect(isDeceptive(parseLink('https://example.com')!)).toBe(false)
    expect(isDeceptive(parseLink('https://a@example.com')!)).toBe(true)
    expect(isDeceptive(parseShownLink('https://evil.example/', 'bank.example')!)).toBe(true)
  })
})
