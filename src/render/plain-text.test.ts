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
})
