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

/** Empty where the row has no such text. */
export function hitText(results: SearchResults, row: ThreadRow, of: 'subject' | 'preview'): readonly TextPiece[] {
  const marked = results.entry(row.threadId)?.hit[of] ?? null
  const own = (row[of] ?? '').trim().slice(0, SHOWN)
  if (marked === null) return clean(markTerms(own, results.terms))
  const pieces = readSnippet(marked)
  const begins = pieces[0]?.text.trimStart().slice(0, 20) ?? ''
  const isStart = of === 'subject' || own.startsWith(begins)
  return clean(isStart ? pieces : [{ text: ELLIPSIS, isMarked: false }, ...pieces])
}

function clean(pieces: readonly TextPiece[]): readonly TextPiece[] {
  return pieces.map(({ text, isMarked }) => ({ text: stripBidi(text), isMarked }))
}
