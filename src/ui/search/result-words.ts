/** What is said of a search: how much was found, where it was looked for, and who has not answered. */
import { search as t } from '../../i18n/en/search.ts'
import type { SearchResults } from '../../state/search-results.svelte.ts'

export interface ResultWords {
  readonly count: string
  readonly where: string
  /** Once the answer is there, for the ear. */
  readonly spoken: string
}

export function resultWords(results: SearchResults): ResultWords {
  const { found } = results
  if (results.isFirstSync) return { count: '', where: t.asking(found), spoken: '' }
  const count = found === 0 ? t.nothing : t.found(found)
  const where = results.isOffline || results.hasFailed ? t.here : t.where
  const how = results.isOffline ? t.offlineHow : results.hasFailed ? t.failed : ''
  return { count, where, spoken: [`${count} ${where}`, how].filter(Boolean).join('. ') }
}
