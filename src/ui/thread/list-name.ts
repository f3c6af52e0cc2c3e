/** The mailing list that a letter says it came through (RFC 2919). */
import { stripBidi } from '../../mail/addresses.ts'
import type { HeaderField } from '../../jmap/types.ts'

/** `Garden talk (talk.garden.example)`; null where there is none. */
export function listNameOf(trace: readonly HeaderField[]): string | null {
  const value = trace.find((field) => field.name.toLowerCase() === 'list-id')?.value.slice(0, 500)
  if (value === undefined) return null
  const [, phrase = '', id = value] = /^([^<]*)<([^>]*)>/.exec(value) ?? []
  // words in another charset stand encoded: their identifier says as much
  const name = phrase.includes('=?') ? '' : phrase.replace(/^["\s]+|["\s]+$/g, '')
  const shown = stripBidi(id).trim()
  if (name === '') return shown || null
  return shown === '' ? stripBidi(name) : `${stripBidi(name)} (${shown})`
}
