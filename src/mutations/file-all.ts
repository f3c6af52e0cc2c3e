/** What archive, delete, junk, move, copy, mute and snooze mean for all that a list shows: as for each of it (`file-emails.ts`). */
import { isLocalId } from '../mail/list.ts'
import { MUTED } from '../mail/muted.ts'
import { untilKeyword } from '../mail/snoozed.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { madeIn, placesOf, type Filing, type Places, type Sense } from './file-emails.ts'
import type { Matching, MatchMutation, SetMailboxesOnAll } from './mutation.ts'

const KEYWORDS: Readonly<Partial<Record<Sense, Readonly<Record<string, boolean>>>>> = {
  junk: { $junk: true, $notjunk: false },
  notJunk: { $notjunk: true, $junk: false },
  mute: { [MUTED]: true },
}

/** What stays where it is, if it is there already, and is marked. */
const MARKING: readonly Sense[] = ['snooze', 'mute', 'unmute']

/** Undefined where there is nowhere to go, it is there, or there is no right to. `key`: what tells it from others. */
export function fileAll(
  filing: Filing,
  match: Matching,
  mailboxes: readonly Mailbox[],
  key: string,
): MatchMutation | undefined {
  const from = isLocalId(match.mailboxId) ? undefined : match.mailboxId
  const places = placesOf(filing, { messages: [], from, mailboxes })
  if (!places) return undefined
  const { sense, target: to } = places
  if (to === from && !MARKING.includes(sense)) return undefined
  const on = { emailIds: [], blobIds: [], key, done: 0, total: 0 } as const
  if (sense === 'unmute')
    return { type: 'setKeywordOnAll', ...on, match: { ...match, isByThread: true }, keyword: MUTED, value: false }
  const leaves = leavesOf(places)
  const left = typeof leaves === 'object' ? leaves : leaves !== 'none' && from !== undefined ? [from] : []
  if (left.some((id) => !places.mayLeave.has(id))) return undefined
  return {
    type: 'setMailboxesOnAll',
    ...on,
    match: from === undefined ? withoutClosed(leaves, withoutWritten(filing, places, match), mailboxes) : match,
    to,
    leaves,
    keywords: KEYWORDS[sense] ?? {},
    ...madeIn({ [to]: true }, mailboxes),
    ...(sense === 'mute' && { isOnlyLeft: true, match: { ...match, isByThread: true } }),
    ...hourOf(filing, leaves, places),
  }
}

type Leaves = SetMailboxesOnAll['leaves']

function leavesOf({ sense, from, inbox, snoozed, written }: Places): Leaves {
  const those = (...ids: (MailboxId | undefined)[]): Leaves => [...new Set(ids.filter((id) => id !== undefined))]
  switch (sense) {
    case 'copy':
      return 'none'
    case 'trash':
    case 'junk':
      return 'all'
    case 'mute':
      return those(inbox)
    case 'wake':
      return those(snoozed)
    case 'snooze':
      return those(inbox, from !== undefined && written.has(from) ? undefined : from)
    case 'archive':
      return from === undefined ? those(inbox) : 'list'
    default:
      return from === undefined ? 'all' : 'list'
  }
}

/** What goes elsewhere, or comes back, sleeps no more. */
function hourOf(filing: Filing, leaves: Leaves, { from, snoozed }: Places): Pick<SetMailboxesOnAll, 'hour'> {
  if (typeof filing === 'object' && 'until' in filing) return { hour: untilKeyword(filing.until) }
  const isWoken = filing === 'wake' || leaves === 'all' || (leaves === 'list' && from === snoozed)
  return isWoken && snoozed !== undefined ? { hour: '' } : {}
}

/** Where what is meant may stand in any mailbox: what the reader wrote is moved from its own list only. */
function withoutWritten(filing: Filing, { written }: Places, match: Matching): Matching {
  if (typeof filing === 'string' || written.size === 0) return match
  const { here, filter } = match
  const outside = { inMailboxOtherThan: [...written] }
  return {
    ...match,
    filter: { operator: 'AND', conditions: [filter, outside] },
    ...(here?.isOutside && { here: { ...here, mailboxIds: [...here.mailboxIds, ...written] } }),
  }
}

/** And what may not leave where it stands stays there. */
function withoutClosed(leaves: Leaves, match: Matching, mailboxes: readonly Mailbox[]): Matching {
  const closed = mailboxes.filter(({ myRights }) => !myRights.mayRemoveItems).map(({ id }) => id)
  return leaves === 'all' ? outsideOf(match, closed) : match
}

/** What of all that match stands in none of these; what rows tell is not told of it. */
export function outsideOf(match: Matching, mailboxIds: readonly MailboxId[]): Matching {
  if (mailboxIds.length === 0) return match
  const { here: _, ...rest } = match
  const conditions = mailboxIds.map((inMailbox) => ({ inMailbox }))
  return { ...rest, filter: { operator: 'AND', conditions: [match.filter, { operator: 'NOT', conditions }] } }
}
