import { describe, expect, it } from 'vitest'
import { deceptionOf, isShownBy, parseLink, parseShownLink } from './links.ts'

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
    expect(parseLink('http://0xcb.0x7107/')).toMatchObject({
      display: '203.0.113.7',
      flags: ['ip-address', 'insecure'],
    })
  })

  it('decodes punycode, and stays with it where scripts are mixed', () => {
    expect(parseLink('https://bücher.example/')).toMatchObject({
      display: 'bücher.example',
      punycode: 'xn--bcher-kva.example',
      flags: ['punycode'],
    })
    expect(parseLink('https://xn--fiqs8s.example/')?.display).toBe('中国.example')
    // "раypal" with two Cyrillic letters
    expect(parseLink('https://р\u0430ypal.example/')).toMatchObject({
      flags: ['mixed-script', 'punycode', 'look-alike'],
    })
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

describe('a host that looks like another', () => {
  it.each([
    ['https://paypa1.com/', 'paypal'],
    ['https://rnicrosoft.com/', 'microsoft'],
    ['https://g00gle.example/', 'google'],
    ['https://secure.arnazon-login.example/', 'amazon'],
    ['https://páypal.example/', 'paypal'],
    ['https://netfIix.example/', undefined],
    ['https://paypal.com.evil.example/', 'paypal'],
    ['https://amazon.com.br/', undefined],
    ['https://paypal.com/', undefined],
    ['https://www.microsoft.com/', undefined],
    ['https://modern.example/', undefined],
  ])('%s: %s', (href, imitates) => {
    expect(parseLink(href)?.imitates).toBe(imitates)
  })

  it.each([
    ['https://αρρο.example/', 'mixed-script'],
    ['https://օոսհ.example/', 'mixed-script'],
    ['https://аpple.example/', 'mixed-script'],
    ['https://москва.example/', undefined],
    ['https://ελληνικα.example/', undefined],
    ['https://日本語テスト.example/', undefined],
    ['https://bücher.example/', undefined],
  ])('%s mixes or imitates alphabets: %s', (href, flag) => {
    expect(parseLink(href)?.flags.find((one) => one === 'mixed-script')).toBe(flag)
  })

  it.each([
    ['https://203.0.113.7/', 'ip-address'],
    ['https://3405803783/', 'ip-address'],
    ['https://[2001:db8::1]/', 'ip-address'],
    ['http://192.168.1.5:8123/', null],
    ['http://127.0.0.1/', null],
    ['http://[fd00::1]/', null],
    ['https://example.com/%E2%80%AEgpj.exe', 'bidi'],
  ])('%s asks for %s', (href, deception) => {
    expect(deceptionOf(parseLink(href)!)).toBe(deception)
  })
})

describe('parseShownLink', () => {
  const flags = (href: string, text: string): readonly string[] | undefined => parseShownLink(href, text)?.flags

  it.each([
    'https://bank.example/login',
    'www.bank.example',
    'bank\u200b.example',
    'b\u00adank\u2060.ex\ufeffample',
    'Sign in at bank.example',
    'Sign in at bank.example, please',
    'bank.example/login?next=/a',
    '(bank.example)',
    'ｂａｎｋ．ｅｘａｍｐｌｅ',
    'bank。example',
    'bank%2Eexample',
    'HTTPS://BANK.EXAMPLE/',
    'ftp://bank.example',
    'https:\u2028//bank.example',
    'Visit bank.example or call us',
    'bücher.example',
    'support@bank.example',
    'x'.repeat(400) + ' bank.example',
  ])('sees that “%s” names another host', (text) => {
    expect(flags('https://evil.test/', text)).toContain('text-differs')
  })

  it.each([
    ['https://bank.example/', 'Your account'],
    ['https://www.bank.example/', 'bank.example'],
    ['https://login.bank.example/', 'www.bank.example'],
    ['https://bank.example/', 'https://login.bank.example/a'],
    ['https://bank.example./', 'bank.example'],
    ['https://evil.test/', 'See you at 10.30'],
    ['https://forge.test/x', 'src/main.rs'],
    ['https://forge.test/x', 'README.md'],
    ['https://forge.test/x', 'Version 2.4.1, e.g. for you'],
    ['https://forge.test/x', 'image.png'],
    ['https://xn--bcher-kva.example/', 'bücher.example'],
    ['https://bank.example/?u=evil.test', 'https://bank.example/?u=evil.test'],
  ])('lets %s be behind “%s”', (href, text) => {
    expect(flags(href, text)).toEqual(parseLink(href)?.flags)
  })

  it('knows a host that is drawn like the one its words name, or stands behind it', () => {
    expect(parseShownLink('https://bamk.test/', 'barnk.test')).toMatchObject({ imitates: 'barnk.test' })
    expect(parseShownLink('https://bank.example.evil.test/', 'bank.example')).toMatchObject({
      imitates: 'bank.example',
    })
  })

  it('sees words that are turned around, and no trick in right-to-left letters', () => {
    expect(flags('https://evil.test/', '\u202etset.knab\u202c')).toContain('bidi')
    expect(flags('https://evil.test/', '\u200fشكرا\u200f')).toEqual([])
    expect(flags('https://evil.test/', '\u2067שלום\u2069')).toEqual([])
  })

  it('compares mail addresses, too', () => {
    expect(flags('mailto:evil@evil.test', 'help@bank.example')).toEqual(['text-differs'])
    expect(flags('mailto:Help@bank.example?subject=x', 'help@bank.example')).toEqual([])
    expect(flags('mailto:evil@evil.test', 'Write to us')).toEqual([])
  })

  it('is quick about long words', () => {
    const start = performance.now()
    for (const text of ['a.'.repeat(50_000), 'a-'.repeat(50_000), '@'.repeat(100_000), 'a@'.repeat(50_000)])
      parseShownLink('https://evil.test/', text)
    expect(performance.now() - start).toBeLessThan(200)
  })

  it('asks before it opens a deceptive one only', () => {
    expect(deceptionOf(parseLink('https://example.com')!)).toBeNull()
    expect(deceptionOf(parseLink('https://example.com:8443')!)).toBeNull()
    expect(deceptionOf(parseLink('https://a@example.com')!)).toBe('userinfo')
    expect(deceptionOf(parseShownLink('https://evil.test/', 'bank.example')!)).toBe('text-differs')
  })

  it('knows when the words say it all', () => {
    expect(isShownBy(parseLink('https://bank.example/x')!, 'bank.example/x')).toBe(true)
    expect(isShownBy(parseLink('https://bank.example/x')!, 'Read more')).toBe(false)
    expect(isShownBy(parseLink('https://login.bank.example/x')!, 'bank.example')).toBe(false)
  })
})
