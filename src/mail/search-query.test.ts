import { describe, expect, it } from 'vitest'
import { foldText, hasTerms, parseSearch, searchTerms, searchWords } from './search-query.ts'

const finds = (query: string, text: string): boolean => hasTerms(foldText(text), searchTerms(parseSearch(query)))

describe('what is searched for', () => {
  it('is the text without needless blanks', () => {
    expect(parseSearch('  two   words ')).toEqual({ text: 'two words' })
  })

  it('becomes words and phrases, each once, without case, accents and punctuation', () => {
    expect(searchTerms(parseSearch('Café "Grandma’s 80th" CAFE - "'))).toEqual(['cafe', 'grandma s 80th'])
    expect(searchTerms(parseSearch('… !'))).toEqual([])
  })

  it('goes to the server word by word, as it was typed, and no more of them than a server may take', () => {
    expect(searchWords(parseSearch('Café "Grandma’s 80th" x@y.example "'))).toEqual([
      'Café',
      '"Grandma’s 80th"',
      'x@y.example',
    ])
    expect(searchWords({ text: 'a b c d e f g h' })).toHaveLength(8)
    expect(searchWords({ text: 'a b c d e f g h i' }).at(-1)).toBe('h i')
  })
})

describe('what is kept here', () => {
  it.each([
    ['rech', 'Ihre Rechnung'],
    ['RECHNUNG', 'Ihre Rechnung für Oktober'],
    ['fur', 'Ihre Rechnung für Oktober'],
    ['oktober rechnung', 'Ihre Rechnung für Oktober'],
    ['"rechnung fur"', 'Ihre Rechnung für Oktober'],
    ['lena@ekhult', 'Lena Lindqvist lena@ekhult.example'],
    ['打ち合わせ', '来週の打ち合わせについて'],
    ['صور', 'صور الرحلة إلى طرابلس'],
  ])('has %j in %j', (query, text) => {
    expect(finds(query, text)).toBe(true)
  })

  it.each([
    ['nung', 'Ihre Rechnung'],
    ['rechnung november', 'Ihre Rechnung für Oktober'],
    ['"oktober rechnung"', 'Ihre Rechnung für Oktober'],
  ])('has no %j in %j', (query, text) => {
    expect(finds(query, text)).toBe(false)
  })
})
