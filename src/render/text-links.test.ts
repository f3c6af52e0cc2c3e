import { describe, expect, it, vi } from 'vitest'
import { findLinks } from './text-links.ts'

const links = async (text: string): Promise<(readonly [string, string])[]> =>
  (await findLinks(text)).flatMap((piece) => (piece.kind === 'link' ? [[piece.text, piece.href] as const] : []))

describe('findLinks', () => {
  it('finds web and mail addresses and loses no text', async () => {
    const text = 'See https://example.com/a, www.example.org or write to ada@example.com.'
    expect(await links(text)).toEqual([
      ['https://example.com/a', 'https://example.com/a'],
      ['www.example.org', 'https://www.example.org/'],
      ['ada@example.com', 'mailto:ada@example.com'],
    ])
    expect((await findLinks(text)).map((piece) => piece.text).join('')).toBe(text)
  })

  it('ends an address where a person would', async () => {
    expect(await links('https://example.com/aをご覧')).toEqual([['https://example.com/a', 'https://example.com/a']])
    expect(await links('(https://example.com/gate_(door))')).toEqual([
      ['https://example.com/gate_(door)', 'https://example.com/gate_(door)'],
    ])
  })

  it('links no other scheme', async () => {
    expect(await links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://example.com/x')).toEqual([])
  })

  it('takes a long run of dots without delay', async () => {
    const start = performance.now()
    await findLinks(`https://example.com/${'.'.repeat(90_000)}x`)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('without the finder of links, offline on a first visit', () => {
  it('the words are there', async () => {
    vi.resetModules()
    vi.doMock('linkifyjs', () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    const { findLinks: find } = await import('./text-links.ts')
    expect(await find('See https://postern.example today')).toEqual([
      { kind: 'text', text: 'See https://postern.example today' },
    ])
    vi.doUnmock('linkifyjs')
  })
})
