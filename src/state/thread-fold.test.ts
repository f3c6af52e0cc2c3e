import { describe, expect, it } from 'vitest'
import { firstOpen, neighbour, segmentsAround, segmentsOf } from './thread-fold.ts'
import type { Email, EmailId } from '../jmap/types.ts'

const letter = (id: string, isSeen = true): Email =>
  ({ id: id as EmailId, keywords: isSeen ? { $seen: true } : {} }) as unknown as Email
const ids = (...names: string[]): ReadonlySet<EmailId> => new Set(names as EmailId[])
const seen = ['a', 'b', 'c', 'd', 'e'].map((id) => letter(id))

describe('the letter that a conversation opens with', () => {
  it('is the one that the URL names', () => {
    expect(firstOpen([letter('a', false), letter('b')], 'b' as EmailId)).toBe('b')
  })
  it('is else the first unread', () => {
    expect(firstOpen([letter('a'), letter('b', false), letter('c', false)], null)).toBe('b')
  })
  it('is else the last', () => {
    expect(firstOpen(seen, 'unknown' as EmailId)).toBe('e')
  })
})

describe('folding', () => {
  const shape = (emails: readonly Email[], open: ReadonlySet<EmailId>, unfolded = ids()): string =>
    segmentsOf(emails, open, unfolded)
      .map((segment) =>
        segment.kind === 'fold'
          ? `[${segment.emails.map((email) => email.id).join('')}]`
          : segment.isOpen
            ? segment.email.id.toUpperCase()
            : segment.email.id,
      )
      .join(' ')

  it('makes one line of more than three read letters before the open one', () => {
    expect(shape(seen, ids('e'))).toBe('[abcd] E')
    expect(shape(seen, ids('d'))).toBe('a b c D e')
  })
  it('never hides what is newer than the open letter', () => {
    expect(shape(seen, ids('a'))).toBe('A b c d e')
  })
  it('never hides an unread letter', () => {
    expect(shape([letter('a'), letter('b', false), letter('c'), letter('d'), letter('e')], ids('e'))).toBe('a b c d E')
  })
  it('shows the letters of a line that the reader has opened', () => {
    expect(shape(seen, ids('e'), ids('a', 'b', 'c', 'd'))).toBe('a b c d E')
  })
})

describe('the next letter', () => {
  it('stops at both ends', () => {
    expect(neighbour(seen, 'b' as EmailId, 1)).toBe('c')
    expect(neighbour(seen, 'a' as EmailId, -1)).toBeUndefined()
    expect(neighbour(seen, 'e' as EmailId, 1)).toBeUndefined()
  })
  it('begins at the nearer end when no letter is being read', () => {
    expect(neighbour(seen, null, 1)).toBe('a')
    expect(neighbour(seen, null, -1)).toBe('e')
  })
})

describe('a letter by itself', () => {
  const shape = (id: string, open: ReadonlySet<EmailId>, unfolded = ids()): string =>
    segmentsAround(seen, id as EmailId, open, unfolded)
      .map((segment) =>
        segment.kind === 'fold'
          ? `${segment.isLater ? '>' : '<'}${segment.emails.map((email) => email.id).join('')}`
          : segment.email.id,
      )
      .join(' ')
  it('has a line for what is before it, and one for what is after', () => {
    expect(shape('b', ids('b'))).toBe('<a b >cde')
    expect(shape('a', ids('a'))).toBe('a >bcde')
    expect(shape('e', ids('e'))).toBe('<abcd e')
  })
  it('lets each side be opened by itself', () => {
    expect(shape('c', ids('c'), ids('d', 'e'))).toBe('<ab c d e')
    expect(shape('c', ids('c', 'a'))).toBe('a b c >de')
  })
  it('is the whole conversation where the letter is gone from it', () => {
    expect(shape('x', ids('e'))).toBe('<abcd e')
  })
})
