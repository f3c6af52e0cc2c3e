import { describe, expect, it } from 'vitest'
import { hitText } from './hit-text.ts'
import { tid } from '../../replica/testing/rows.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { SearchResults } from '../../state/search-results.svelte.ts'

const LONG = 'We drove along the coast for hours before the old lighthouse came in sight'

/** As a row shows it: marks in brackets. */
function shown(of: 'subject' | 'preview', own: string, marked: string | null = null): string {
  const row = { threadId: tid('t'), subject: own, preview: own } as ThreadRow
  const hit = { subject: marked, preview: marked }
  const results = { terms: ['lighthouse'], entry: () => ({ hit, row }) } as unknown as SearchResults
  return hitText(results, row, of)
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join('')
}

describe('the text of a hit', () => {
  it('begins shortly before what was found, at a word', () => {
    expect(shown('preview', LONG)).toBe('… hours before the old [lighthouse] came in sight')
    expect(shown('preview', LONG, LONG.replace('lighthouse', '<mark>lighthouse</mark>'))).toBe(
      '… hours before the old [lighthouse] came in sight',
    )
  })

  it('is whole where the mark stands near the beginning, where nothing is marked, and in a subject', () => {
    expect(shown('preview', 'The lighthouse is open')).toBe('The [lighthouse] is open')
    expect(shown('preview', LONG.slice(0, 40))).toBe(LONG.slice(0, 40))
    expect(shown('subject', LONG)).toBe(LONG.replace('lighthouse', '[lighthouse]'))
  })

  it('says that a snippet of the server begins in the middle', () => {
    expect(shown('preview', LONG, 'the old <mark>lighthouse</mark> came')).toBe('… the old [lighthouse] came')
  })
})
