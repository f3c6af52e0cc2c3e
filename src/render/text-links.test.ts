import { describe, expect, it } from 'vitest'
import { findLinks } from './text-links.ts'

const links = (text: string): (readonly [string, string])[] =>
  findLinks(text).flatMap((piece) => (piece.kind === 'link' ? [[piece.text, piece.href] as const] : []))

describe('findLinks', () => {
  it('finds web and mail addresses and loses no text', () => {
    const text = 'See https://example.com/a, www.example.org or write to ada@example.com.'
    expect(links(text)).toEqual([
      ['https://example.com/a', 'https://example.com/a'],
      ['www.example.org', 'https://www.example.org/'],
      ['ada@example.com', 'mailto:ada@example.com'],
    ])
    expect(
      findLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })

  it('ends an address where a person would', () => {
    expect(links('https://example.com/aをご覧')).toEqual([['https://example.com/a', 'https://example.com/a']])
    expect(links('(https://example.com/gate_(door))')).toEqual([
      ['https://example.com/gate_(door)', 'https://example.com/gate_(door)'],
    ])
  })

  it('links no other scheme', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://example.com/x')).toEqual([])
  })

  it('takes a long run of dots without delay', () => {
    const start = performance.now()
    findLinks(`https://example.com/${'.'.repeat(90_000)}x`)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
