import { describe, expect, it } from 'vitest'
import { shortened, unfoldedBy } from './long-thread.ts'
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

describe('a conversation of hundreds', () => {
  const many = (isSeen: (index: number) => boolean): readonly Email[] =>
    Array.from({ length: 900 }, (_, index) => letter(String(index), isSeen(index)))
  const shown = (emails: readonly Email[], open: ReadonlySet<EmailId>, unfolded: ReadonlySet<EmailId>) =>
    shortened(segmentsOf(emails, open, unfolded), unfolded)
  const shape = (emails: readonly Email[], open: string, unfolded: readonly Email[] = []): string =>
    shown(emails, ids(open), new Set(unfolded.map(({ id }) => id)))
      .reduce<string[]>(
        (words, segment) => {
          if (segment.kind === 'fold')
            return [...words, `${segment.isLater ? '>' : '<'}${String(segment.emails.length)}`, '']
          const last = Number(words.at(-1) ?? '')
          return segment.isOpen ? [...words, 'open', ''] : [...words.slice(0, -1), String(last + 1)]
        },
        [''],
      )
      .filter(Boolean)
      .join(' ')

  it('shows the ends of what follows the open letter, with a line between them', () => {
    expect(
      shape(
        many((index) => index > 0),
        '0',
      ),
    ).toBe('open 12 >875 12')
  })

  it('shows some of those that nobody has read, and hides the rest of them', () => {
    expect(
      shape(
        many((index) => index < 300),
        '300',
      ),
    ).toBe('<300 open 24 >563 12')
    expect(
      shape(
        many((index) => index !== 400),
        '0',
      ),
    ).toBe('open 12 >387 1 >487 12')
  })

  it('gives some of a long line with each press, those beside what is read', () => {
    const emails = many(() => true)
    const [line] = segmentsOf(emails, ids('899'), ids())
    const earlier = line?.kind === 'fold' ? line.emails : []
    expect(earlier).toHaveLength(899)
    expect(unfoldedBy({ emails: earlier })).toEqual(emails.slice(859, 899))
    expect(shape(emails, '899', unfoldedBy({ emails: earlier }))).toBe('12 <847 40 open')
    expect(unfoldedBy({ emails: earlier, isLater: true })).toEqual(emails.slice(0, 40))
    expect(unfoldedBy({ emails: emails.slice(0, 40) })).toHaveLength(40)
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
