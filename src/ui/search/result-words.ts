/** What is said of a search: how much was found, where it was looked for, and who has not answered. */
import { search as t } from '../../i18n/en/search.ts'
import type { SearchResults } from '../../state/search-results.svelte.ts'

export interface ResultWords {
  readonly count: string
  readonly where: string
  /** Why it may not be all; empty where it is. */
  readonly how: string
  /** Once the answer is there, for the ear. */
  readonly spoken: string
}

export function resultWords(results: SearchResults): ResultWords {
  const { found } = results
  if (results.isFirstSync) return { count: '', where: t.asking(found), how: '', spoken: '' }
  const isUnsearched = results.isOffline && results.hasHereFailed
  const count = found > 0 ? t.found(found) : isUnsearched ? t.notSearched : t.nothing
  const where = results.isOffline || results.hasFailed ? t.here : t.where
  const how = isUnsearched ? t.notHereHow : results.isOffline ? t.offlineHow : results.hasFailed ? t.failed : ''
  return { count, where, how, spoken: [`${count} ${where}`, how].filter(Boolean).join('. ') }
}
