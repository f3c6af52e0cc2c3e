import { describe, expect, it } from 'vitest'
import { markTerms, readSnippet } from './marked-text.ts'
import type { TextPiece } from './marked-text.ts'

const show = (pieces: readonly TextPiece[]): string =>
  pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('')

describe("a server's snippet", () => {
  it('is text with marks', () => {
    expect(show(readSnippet('Ihre <mark>Rechnung</mark> für <mark>Oktober</mark>'))).toBe(
      'Ihre [Rechnung] für [Oktober]',
    )
  })

  it('is unescaped once', () => {
    expect(show(readSnippet('a &lt;b&gt; &amp;amp; &#39;c&#x27; &quot;d&quot; <mark>&lt;mark&gt;</mark>'))).toBe(
      'a <b> &amp; \'c\' "d" [<mark>]',
    )
  })

  it('has no other markup: what looks like it is shown as it is written', () => {
    const hostile = '<img src=x onerror=alert(1)><mark onclick="x">a</mark><script>1</script>'
    expect(show(readSnippet(hostile))).toBe('<img src=x onerror=alert(1)><mark onclick="x">a<script>1</script>')
  })

  it('survives marks that do not close, or never opened, and entities that are none', () => {
    expect(show(readSnippet('a</mark>b<mark>c'))).toBe('ab[c]')
    expect(show(readSnippet('&nope; &#0; &#x110000; &#9999999; & &;'))).toBe('&nope; &#0; &#x110000; &#9999999; & &;')
  })
})

describe('our own marks', () => {
  it.each([
    ['Ihre Rechnung für Oktober', ['rech'], 'Ihre [Rech]nung für Oktober'],
    ['RECHNUNG, rechnung', ['rechnung'], '[RECHNUNG], [rechnung]'],
    ['für Für', ['fur'], '[für] [Für]'],
    ['Grandma’s 80th: who', ['grandma s 80th'], '[Grandma]’[s] [80th]: who'],
    ['来週の打ち合わせについて', ['打ち合わせ'], '来週の[打ち合わせ]について'],
    ['Rechnung', ['rech', 'rechn'], '[Rechn]ung'],
    ['Ihre Rechnung', ['nung'], 'Ihre Rechnung'],
    ['', ['a'], ''],
  ])('mark in %j the terms %j', (text, terms, expected) => {
    expect(show(markTerms(text, terms))).toBe(expected)
  })

  it('mark the whole word where folding changes its length', () => {
    expect(show(markTerms('cafe\u0301s', ['cafe']))).toBe('[cafe\u0301s]')
  })
})
