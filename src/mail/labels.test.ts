import { describe, expect, it } from 'vitest'
import {
  allLabelKeys,
  appleColourOf,
  keywordFor,
  keywordsOf,
  labelKeys,
  labelOf,
  nameInKeyword,
  readLabelChoices,
  thunderbirdLabels,
} from './labels.ts'

const words = (...names: string[]): Readonly<Record<string, true>> =>
  Object.fromEntries(names.map((name) => [name, true as const]))
const none = readLabelChoices(undefined)

describe('which keywords are labels', () => {
  it('Thunderbird’s five first, then others by the alphabet, and none of the system’s', () => {
    const keywords = words(
      '$seen',
      'to_pay',
      '$label5',
      '$flagged',
      '$junk',
      'nonjunk',
      'invoices',
      '$label1',
      '$other',
    )
    expect(labelKeys(keywords)).toEqual(['$label1', '$label5', 'invoices', 'to_pay'])
  })

  it.each([
    [[], undefined],
    [[0], 'orange'],
    [[1], 'yellow'],
    [[0, 1], 'green'],
    [[0, 1, 2], 'green'],
    [[2], 'blue'],
    [[0, 2], 'purple'],
    [[1, 2], 'grey'],
  ])('Apple’s bits %j of a flagged message are %s', (bits, colour) => {
    const keys = labelKeys(words('$flagged', ...bits.map((bit) => `$mailflagbit${String(bit)}`)))
    expect(keys.map(appleColourOf)).toEqual(colour === undefined ? [] : [colour])
  })

  it('Apple’s bits say nothing without a flag', () => {
    expect(labelKeys(words('$mailflagbit0'))).toEqual([])
  })

  it('a keyword named as what Object has is a keyword', () => {
    expect(labelKeys(words('constructor', '__proto__'))).toEqual(['__proto__', 'constructor'])
    expect(labelOf('__proto__', readLabelChoices({})).name).toBeUndefined()
    expect(labelOf('constructor', readLabelChoices({})).isHidden).toBe(false)
  })

  it('of several messages each once, in the order of one', () => {
    const messages = [
      ['zoo', '$label3'],
      ['$flagged', '$mailflagbit2', 'zoo'],
      ['ant', '$label1'],
    ]
    expect(allLabelKeys(messages.map((names) => ({ keywords: words(...names) })))).toEqual([
      '$label1',
      '$label3',
      '$mailflag:blue',
      'ant',
      'zoo',
    ])
  })

  it('what is taken off: the keyword, or all of Apple’s bits', () => {
    expect(keywordsOf('invoices')).toEqual(['invoices'])
    expect(keywordsOf('$mailflag:blue')).toEqual(['$mailflagbit0', '$mailflagbit1', '$mailflagbit2'])
  })
})

describe('what is known of a label', () => {
  it('has a colour by itself, the same each time, and the reader’s where one was chosen', () => {
    expect(thunderbirdLabels.map((key) => labelOf(key, none).colour)).toEqual([
      'brick',
      'ochre',
      'green',
      'blue',
      'violet',
    ])
    expect(labelOf('$mailflag:grey', none).colour).toBeNull()
    expect(labelOf('invoices', none).colour).toBe(labelOf('invoices', none).colour)
    const choices = readLabelChoices({ invoices: { name: ' Bills ', colour: 'rose', isHidden: true } })
    expect(labelOf('invoices', choices)).toEqual({ key: 'invoices', name: 'Bills', colour: 'rose', isHidden: true })
  })

  it.each([
    ['nothing', null],
    ['a text', 'invoices'],
    ['a choice that is none', { invoices: 7 }],
    [
      'an empty name, no colour of ours, a hidden that is no yes',
      { invoices: { name: ' ', colour: '#f00', isHidden: 1 } },
    ],
    ['names of Object itself', JSON.parse('{"__proto__":{"colour":"rose"}}') as unknown],
  ])('takes no harm from %s in the store', (_what, stored) => {
    expect(labelOf('invoices', readLabelChoices(stored))).toEqual(labelOf('invoices', none))
  })
})

describe('a keyword for a name', () => {
  it.each([
    ['To pay', 'to_pay'],
    ['  Büro / Haus ', 'buro_haus'],
    ['100%', '100'],
    ['$label1', 'label1'],
    ['工作', 'u+5de5u+4f5c'],
    ['***', 'u+2au+2au+2a'],
    ['   ', ''],
  ])('%s: %s', (name, keyword) => {
    expect(keywordFor(name)).toBe(keyword)
  })

  it('says on another device what it was made of, where it can', () => {
    expect(nameInKeyword(keywordFor('工作'))).toBe('工作')
    expect(nameInKeyword('to_pay')).toBe('to_pay')
    expect(nameInKeyword('u+ffffff')).toBe('u+ffffff')
  })

  it('is never longer than a keyword may be', () => {
    expect(keywordFor('作'.repeat(400)).length).toBeLessThanOrEqual(255)
    expect(keywordFor('a'.repeat(400))).toHaveLength(255)
  })
})
