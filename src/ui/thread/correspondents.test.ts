import { describe, expect, it } from 'vitest'
import { inlineNames, recipientNames } from './correspondents.ts'
import type { Email, EmailAddress } from '../../jmap/types.ts'

const own = ['mara@lindqvist.example']
const mara: EmailAddress = { name: 'Mara Lindqvist', email: 'mara@lindqvist.example' }
const member = (number: number): EmailAddress => ({
  name: `${['Ada', 'Bo', 'Cleo', 'Dag', 'Edda', 'Finn', 'Gro'][number % 7] ?? ''} Berg`,
  email: `member-${String(number)}@association.example`,
})
const letter = (given: Partial<Email>): Email =>
  ({ from: null, to: null, cc: null, sentTo: [], isBulk: false, ...given }) as Email

describe('the recipients of a letter', () => {
  it('are named where they are few', () => {
    expect(recipientNames(letter({ to: [mara, member(0)], cc: [member(1)] }), own)).toBe('to you, Ada, and Bo')
  })

  it('are counted where they are many, each of them, whatever they are called', () => {
    const to = [mara, ...Array.from({ length: 1_999 }, (_, number) => member(number))]
    expect(recipientNames(letter({ to }), own)).toBe('to you, Ada, and 1,998 others')
  })
})

describe('the senders of folded letters', () => {
  const from = (count: number): readonly Email[] =>
    Array.from({ length: count }, (_, number) =>
      letter({ from: [{ ...member(number), name: `Name${String(number)} Berg` }] }),
    )

  it('are named, and counted where they are many', () => {
    expect(inlineNames(from(3), own)).toHaveLength(3)
    expect(inlineNames(from(300), own)).toEqual(['Name0', 'Name1', '298 others'])
  })
})
