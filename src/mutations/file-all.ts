/** What archive, delete, junk, move and copy mean for all that a mailbox's list shows: as for each of it (`file-emails.ts`). */
import type { Mailbox } from '../jmap/types.ts'
import { madeIn, placesOf, type Filing, type Sense } from './file-emails.ts'
import type { Matching, SetMailboxesOnAll } from './mutation.ts'

const KEYWORDS: Readonly<Partial<Record<Sense, Readonly<Record<string, boolean>>>>> = {
  junk: { $junk: true, $notjunk: false },
  notJunk: { $notjunk: true, $junk: false },
}

/** Undefined where there is nowhere to go, it is there, or there is no right to. `key`: what tells it from others. */
export function fileAll(
  filing: Filing,
  match: Matching,
  mailboxes: readonly Mailbox[],
  key: string,
): SetMailboxesOnAll | undefined {
  const places = placesOf(filing, { messages: [], from: match.mailboxId, mailboxes })
  if (!places || places.target === match.mailboxId) return undefined
  const { sense, target: to } = places
  const leaves = sense === 'copy' ? 'none' : sense === 'trash' || sense === 'junk' ? 'all' : 'list'
  if (leaves !== 'none' && !places.mayLeave.has(match.mailboxId)) return undefined
  return {
    type: 'setMailboxesOnAll',
    emailIds: [],
    blobIds: [],
    match,
    to,
    leaves,
    keywords: KEYWORDS[sense] ?? {},
    ...madeIn({ [to]: true }, mailboxes),
    key,
    done: 0,
    total: 0,
  }
}
