import { describe, expect, it } from 'vitest'
import { toPlainBlocks } from './plain-text.ts'

describe('toPlainBlocks', () => {
  it('keeps paragraphs and the line breaks within them', () => {
    expect(toPlainBlocks('One\r\ntwo\r\n\r\n\r\nThree\n')).toEqual([
      { kind: 'text', text: 'One\ntwo' },
      { kind: 'text', text: 'Three' },
    ])
  })

  it('nests quotes by level, with stuffed marks or without', () => {
    expect(toPlainBlocks('Yes.\n> Come?\n>> When?\n> > At ten?\nGood')).toEqual([
      { kind: 'text', text: 'Yes.' },
      {
        kind: 'quote',
        lines: 3,
        blocks: [
          { kind: 'text', text: 'Come?' },
          { kind: 'quote', lines: 2, blocks: [{ kind: 'text', text: 'When?\nAt ten?' }] },
        ],
      },
      { kind: 'text', text: 'Good' },
    ])
  })

  it('takes the signature off, but not a rule in the middle of a letter', () => {
    expect(toPlainBlocks('Hi\n\n-- \nAda\nGate 4')).toEqual([
      { kind: 'text', text: 'Hi' },
      { kind: 'signature', text: 'Ada\nGate 4' },
    ])
    expect(toPlainBlocks('Hi\n-- \nAda\n> quoted')).not.toContainEqual(expect.objectContaining({ kind: 'signature' }))
  })

  it('joins flowed lines of one level (RFC 3676), and drops stuffing', () => {
    const flowed = 'This goes \non here.\n From here.\n> A quote \n> in two.\n-- \nAda'
    expect(toPlainBlocks(flowed, { flowed: true })).toEqual([
      { kind: 'text', text: 'This goes on here.\nFrom here.' },
      { kind: 'quote', lines: 1, blocks: [{ kind: 'text', text: 'A quote in two.' }] },
      { kind: 'signature', text: 'Ada' },
    ])
    expect(toPlainBlocks('日本 \n語', { flowed: true, delSp: true })).toEqual([{ kind: 'text', text: '日本語' }])
    expect(toPlainBlocks('not \nflowed')).toEqual([{ kind: 'text', text: 'not\nflowed' }])
  })

  describe('format=flowed, by the rules of RFC 3676', () => {
    const flowed = (text: string, delSp = false): unknown => toPlainBlocks(text, { flowed: true, delSp })
    const text = (words: string): unknown => ({ kind: 'text', text: words })

    it('§4.1: a line that ends in a space goes on, one that does not is fixed, an empty one ends a paragraph', () => {
      expect(flowed('One \ntwo \nthree\nfour\n\nfive')).toEqual([text('One two three\nfour'), text('five')])
      expect(flowed('a \n\nb')).toEqual([text('a'), text('b')])
      // Of a space alone nothing is left once it is unstuffed: the line is empty.
      expect(flowed('a\n \nb')).toEqual([text('a'), text('b')])
    })

    it('§4.1: with DelSp the space of a soft break goes, all others stay', () => {
      expect(flowed('Wort \nteil  \nund Ende', true)).toEqual([text('Wortteil und Ende')])
    })

    it('§4.3: the line before a signature is fixed, and never joined with it', () => {
      expect(flowed('Good bye \n-- \nAda \nGate 4')).toEqual([
        text('Good bye'),
        { kind: 'signature', text: 'Ada Gate 4' },
      ])
      expect(flowed('> Bye \n> -- \n> Ada')).toEqual([{ kind: 'quote', lines: 3, blocks: [text('Bye\n--\nAda')] }])
    })

    it('§4.4: one leading space is stuffing, also behind the marks of a quote', () => {
      expect(flowed('  two\n From here\n > no quote')).toEqual([text(' two\nFrom here\n> no quote')])
      expect(flowed('>  one space')).toEqual([{ kind: 'quote', lines: 1, blocks: [text(' one space')] }])
    })

    it('§4.5: the level is the number of marks without a space between, and lines of two levels are never joined', () => {
      expect(flowed('>> deep \n> less \nown')).toEqual([
        { kind: 'quote', lines: 2, blocks: [{ kind: 'quote', lines: 1, blocks: [text('deep')] }, text('less')] },
        text('own'),
      ])
      expect(flowed('> > not deeper')).toEqual([{ kind: 'quote', lines: 1, blocks: [text('> not deeper')] }])
      expect(flowed('>>a quote \n>>goes on')).toMatchObject([{ kind: 'quote', lines: 1 }])
    })
  })

  it('does not take an escaped "From " for a quote', () => {
    expect(toPlainBlocks('>From here')).toEqual([{ kind: 'text', text: '>From here' }])
  })

  it('gives markup back as the text that it is', () => {
    expect(toPlainBlocks('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ])
  })

  it.each(['>', '> ', ' ', '\n', '>\n', '-- \n'])('takes a long run of %j without delay', (piece) => {
    const start = performance.now()
    toPlainBlocks(piece.repeat(200_000 / piece.length) + 'x', { flowed: true })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('cuts a paragraph without an end into pieces, at a line or a word where there is one, and loses no letter', () => {
    for (const text of [
      'and so on '.repeat(3_000),
      'one\ntwo\n'.repeat(4_000),
      'x'.repeat(30_000),
      '𝒳'.repeat(10_001),
    ]) {
      const blocks = toPlainBlocks(text)
      expect(blocks.length).toBeGreaterThan(2)
      const pieces = blocks.map((block) => (block.kind === 'text' ? block : { text: '', goesOn: undefined }))
      expect(
        pieces
          .map(({ text: piece }) => piece)
          .join('')
          .replaceAll('\n', ''),
      ).toBe(text.trimEnd().replaceAll('\n', ''))
      expect(pieces.map(({ goesOn }) => goesOn)).toEqual([undefined, ...pieces.slice(1).map(() => true)])
      expect(pieces.every(({ text: piece }) => piece.length <= 8_000 && piece.isWellFormed())).toBe(true)
    }
  })
})
