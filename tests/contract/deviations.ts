/** What each server is known to do otherwise, by the name of the check. Every entry is asserted to be true. */
import type { Json } from './target.ts'

type Deviations = Readonly<Record<string, string>>

const stalwart: Deviations = {
  'request: an unknown capability is refused with unknownCapability': 'Stalwart calls it notRequest (M19)',
}

const cyrus: Deviations = {
  'request: a reference to a result that is not there is invalidResultReference':
    'Cyrus 3.6 calls the error resultReference',
  'Email/query: the words of one text may stand in different parts': 'Cyrus 3.6 wants all of them in the same field',
}

export const deviations = {
  demo: {},
  'demo-stalwart': stalwart,
  'demo-cyrus': cyrus,
  cyrus,
  stalwart,
  other: {},
} as const satisfies Record<string, Deviations>

/** Which list holds for a server that was given by its URL: what its session names beside the standard says so. */
export function recognise(session: Json): keyof typeof deviations {
  const named = [...Object.keys(session['capabilities'] as Json), ...Object.keys(session['primaryAccounts'] as Json)]
  if (named.some((urn) => urn.startsWith('https://cyrusimap.org/'))) return 'cyrus'
  if (named.some((urn) => urn.startsWith('urn:stalwart:'))) return 'stalwart'
  return 'other'
}
