/** The text of a hit as pieces, some marked: by the server where it did, by us otherwise. */
import { stripBidi } from '../../mail/addresses.ts'
import { markTerms, readSnippet } from '../../mail/marked-text.ts'
import type { TextPiece } from '../../mail/marked-text.ts'
import type { ThreadRow } from '../../mail/list.ts'
import type { SearchResults } from '../../state/search-results.svelte.ts'

/** Characters: more than any pane shows. */
const SHOWN = 200
/** A server's snippet may begin anywhere. */
const ELLIPSIS = '… '
/** Characters before the first mark: the narrowest row shows the mark, too. */
const BEFORE_MARK = 24

/** Empty where the row has no such text. */
export function hitText(results: SearchResults, row: ThreadRow, of: 'subject' | 'preview'): readonly TextPiece[] {
  const marked = results.entry(row.threadId)?.hit[of] ?? null
  const own = (row[of] ?? '').trim().slice(0, SHOWN)
  if (marked === null) return clean(upToMark(markTerms(own, results.terms), of))
  const pieces = readSnippet(marked)
  const begins = pieces[0]?.text.trimStart().slice(0, 20) ?? ''
  const isStart = of === 'subject' || own.startsWith(begins)
  return clean(upToMark(isStart ? pieces : [{ text: ELLIPSIS, isMarked: false }, ...pieces], of))
}

/** A preview begins shortly before what was found, at a word. A subject is known by its beginning. */
function upToMark(pieces: readonly TextPiece[], of: 'subject' | 'preview'): readonly TextPiece[] {
  const first = pieces.findIndex(({ isMarked }) => isMarked)
  const before = pieces
    .slice(0, first)
    .map(({ text }) => text)
    .join('')
  if (of === 'subject' || first < 0 || before.length <= BEFORE_MARK) return pieces
  const left = before.slice(-BEFORE_MARK)
  const atWord = /\s(.*)$/s.exec(left)?.[1] ?? left
  return [{ text: ELLIPSIS + atWord, isMarked: false }, ...pieces.slice(first)]
}

function clean(pieces: readonly TextPiece[]): readonly TextPiece[] {
  return pieces.map(({ text, isMarked }) => ({ text: stripBidi(text), isMarked }))
}
