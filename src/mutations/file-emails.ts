/**
 * What the reader means by archive, delete, junk, move and snooze, as intents: one for each set of mailboxes that changes alike.
 * Only the messages that stand in the list are meant, never the answers that lie in Sent. Pure.
 */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { FLAGGED, isCreatedId, isLocalId, type RowMessage } from '../mail/list.ts'
import { isMuted, MUTED } from '../mail/muted.ts'
import { snoozedMailbox, untilKeyword, untilKeywords } from '../mail/snoozed.ts'
import type { Mutation, SetMailboxes } from './mutation.ts'
import { NO_MAIL } from './new-mailbox.ts'

/** `wake`: what sleeps comes back before its hour. `mute`: its conversation leaves the Inbox, and is to stay out of it. */
export type Filing = 'archive' | 'trash' | 'junk' | 'notJunk' | 'wake' | 'mute' | 'unmute' | ToMailbox | Snoozing

/** Moved there, or copied: then it stays where it is, too. */
export interface ToMailbox {
  readonly to: MailboxId
  readonly isCopy?: boolean
}

/** Put to sleep until then, in milliseconds of the epoch. */
export interface Snoozing {
  readonly until: number
}

export interface FilingInput {
  readonly messages: readonly RowMessage[]
  /** The mailbox whose list they stand in; `FLAGGED`, or undefined for hits of a search: then all of them are meant. */
  readonly from: MailboxId | undefined
  readonly mailboxes: readonly Mailbox[]
  /** Where it leads, if that is known: an archive may have no role, and only be called so. */
  readonly target?: Mailbox | undefined
}

/** What changes alike. */
interface Group {
  readonly messages: readonly RowMessage[]
  readonly change: Readonly<Record<MailboxId, boolean>>
}

type GrowingGroup = Group & { messages: RowMessage[] }

/** Where it leads; undefined where the account has no such mailbox. */
export function targetOf(filing: Filing, mailboxes: readonly Mailbox[]): Mailbox | undefined {
  if (typeof filing === 'object' && 'to' in filing) return mailboxes.find(({ id }) => id === filing.to)
  if (typeof filing === 'object') return snoozedMailbox(mailboxes)
  const role = ROLES[filing] ?? filing
  return mailboxes.find((mailbox) => mailbox.role === role)
}

const ROLES: Readonly<Partial<Record<string, string>>> = {
  notJunk: 'inbox',
  wake: 'inbox',
  mute: 'archive',
  unmute: 'inbox',
}

/** Empty where there is nothing to do, nowhere to go, or no right to. */
export function fileEmails(filing: Filing, input: FilingInput): readonly Mutation[] {
  const places = placesOf(filing, input)
  if (!places) return []
  const groups = new Map<string, GrowingGroup>()
  // What stands in the same mailboxes changes alike: thousands are judged once.
  const known = new Map<string, GrowingGroup | undefined>()
  const groupOf = (message: RowMessage): GrowingGroup | undefined => {
    const change = changeOf(message, places)
    const key = JSON.stringify(change)
    const group = change && (groups.get(key) ?? { messages: [], change })
    if (group) groups.set(key, group)
    return group
  }
  for (const message of meantBy(filing, input, places)) {
    const standing = Object.keys(message.mailboxIds).join(' ')
    if (!known.has(standing)) known.set(standing, groupOf(message))
    known.get(standing)?.messages.push(message)
  }
  const moves = [...groups.values()]
    .filter(({ change }) => Object.keys(change).length > 0)
    .map(({ messages: each, change }): SetMailboxes => ({
      type: 'setMailboxes',
      ...idsOf(each),
      mailboxIds: change,
      ...madeIn(change, input.mailboxes),
    }))
  const moved = [...groups.values()].flatMap((group) => group.messages)
  return [...moves, ...marksOf(places.sense, moved), ...hoursOf(filing, [...groups.values()], places)]
}

/** The mailbox among them that the server has still to make, before all the one that mail goes to; one that the reader made has an intent of its own. */
export function madeIn(change: SetMailboxes['mailboxIds'], mailboxes: readonly Mailbox[]): Pick<SetMailboxes, 'make'> {
  const all = mailboxes.filter(({ id }) => isLocalId(id) && !isCreatedId(id) && Object.hasOwn(change, id))
  const made = all.find(({ id }) => change[id]) ?? all[0]
  return made ? { make: { ...made, ...NO_MAIL } } : {}
}

/** Whether `fileEmails` would do anything: a picker asks for each mailbox there is. */
export function canFile(filing: Filing, input: FilingInput): boolean {
  const places = placesOf(filing, input)
  return places !== undefined && meantBy(filing, input, places).some((message) => changeOf(message, places))
}

/** What it comes to: who moves mail to Trash by hand deletes it, who takes it out of Junk says that it is none. */
export type Sense = 'archive' | 'trash' | 'junk' | 'notJunk' | 'move' | 'copy' | 'snooze' | 'wake' | 'mute' | 'unmute'

export interface Places {
  readonly sense: Sense
  readonly from: MailboxId | undefined
  readonly target: MailboxId
  readonly mayLeave: ReadonlySet<MailboxId>
  readonly inbox: MailboxId | undefined
  readonly snoozed: MailboxId | undefined
  /** What the reader wrote lies there, and stays. */
  readonly written: ReadonlySet<MailboxId>
}

/** Undefined: there is no such mailbox, or nothing may be put there. */
export function placesOf(filing: Filing, input: FilingInput): Places | undefined {
  const { mailboxes } = input
  const target = input.target ?? targetOf(filing, mailboxes)
  if (!target?.myRights.mayAddItems) return undefined
  const from = input.from === FLAGGED ? undefined : input.from
  return {
    sense: senseOf(filing, target, from && mailboxes.find(({ id }) => id === from)),
    from,
    target: target.id,
    mayLeave: new Set(mailboxes.filter(({ myRights }) => myRights.mayRemoveItems).map(({ id }) => id)),
    inbox: mailboxes.find(({ role }) => role === 'inbox')?.id,
    snoozed: snoozedMailbox(mailboxes)?.id,
    written: new Set(mailboxes.filter(({ role }) => role === 'sent' || role === 'drafts').map(({ id }) => id)),
  }
}

function senseOf(filing: Filing, target: Mailbox, from: Mailbox | '' | undefined): Sense {
  if (typeof filing === 'string') return filing
  if ('until' in filing) return 'snooze'
  if (filing.isCopy) return 'copy'
  if (target.role === 'trash' || target.role === 'junk') return target.role
  return from && from.role === 'junk' ? 'notJunk' : 'move'
}

/**
 * Of a list, what stands in it. Of a conversation that was found or flagged, all; but answers lie in Sent, and drafts
 * among Drafts, and are moved or copied from there by themselves only.
 */
function meantBy(filing: Filing, { messages }: FilingInput, places: Places): readonly RowMessage[] {
  const { from, snoozed, written } = places
  if (filing === 'mute' || filing === 'unmute') return messages
  if (filing === 'wake') return messages.filter(({ mailboxIds }) => Object.hasOwn(mailboxIds, snoozed ?? ''))
  if (from !== undefined) return messages.filter((message) => Object.hasOwn(message.mailboxIds, from))
  if (typeof filing === 'string') return messages
  const received = messages.filter(({ mailboxIds }) =>
    (Object.keys(mailboxIds) as MailboxId[]).some((id) => !written.has(id)),
  )
  return received.length > 0 ? received : messages
}

/** Undefined: it is there already, or may not leave where it is. Empty: it stays where it is, and what is noted on it changes. */
function changeOf({ mailboxIds }: RowMessage, places: Places): Record<MailboxId, boolean> | undefined {
  const { sense, target, mayLeave } = places
  const all = Object.keys(mailboxIds) as MailboxId[]
  const leaving = leftBy(sense, all, places).filter((id) => id !== target)
  if (leaving.some((id) => !mayLeave.has(id))) return undefined
  if (leaving.length === 0 && (sense === 'mute' || sense === 'unmute')) return {}
  if (leaving.length === 0 && all.includes(target)) return sense === 'snooze' ? {} : undefined
  return Object.fromEntries([...leaving.map((id) => [id, false]), [target, true]]) as Record<MailboxId, boolean>
}

/** Deleted or junk, it stands nowhere else; archived or moved out of a list, it keeps its other mailboxes. */
function leftBy(sense: Sense, all: readonly MailboxId[], places: Places): readonly MailboxId[] {
  const { from, inbox, snoozed, written } = places
  if (sense === 'copy' || sense === 'unmute') return []
  if (sense === 'mute') return all.filter((id) => id === inbox)
  if (sense === 'wake') return all.filter((id) => id === snoozed)
  // It comes back to the Inbox: what lies there is out of sight until then, wherever it was put to sleep from.
  if (sense === 'snooze') return all.filter((id) => id === inbox || (id === from && !written.has(id)))
  if (sense === 'trash' || sense === 'junk') return all
  if (from !== undefined) return [from]
  return sense === 'archive' ? all.filter((id) => id === inbox) : all
}

/** What junk filters learn from (IANA keywords `$junk`, `$notjunk`), and what is muted. */
function marksOf(filing: Sense, messages: readonly RowMessage[]): readonly Mutation[] {
  const set = (keyword: string, value: boolean, which: readonly RowMessage[]): readonly Mutation[] =>
    which.length === 0 ? [] : [{ type: 'setKeyword', ...idsOf(which), keyword, value }]
  const withKeyword = (keyword: string): readonly RowMessage[] =>
    messages.filter((message) => Object.hasOwn(message.keywords, keyword))
  if (filing === 'junk') return [...set('$junk', true, messages), ...set('$notjunk', false, withKeyword('$notjunk'))]
  if (filing === 'mute')
    return set(
      MUTED,
      true,
      messages.filter((message) => !isMuted([message])),
    )
  if (filing === 'unmute') return set(MUTED, false, withKeyword(MUTED))
  if (filing === 'notJunk') return [...set('$notjunk', true, messages), ...set('$junk', false, withKeyword('$junk'))]
  return []
}

/** Until when it sleeps: one hour and no other; what goes elsewhere, or comes back, has none any more. */
function hoursOf(filing: Filing, groups: readonly Group[], { snoozed = '' as MailboxId }: Places): readonly Mutation[] {
  const hour = typeof filing === 'object' && 'until' in filing ? untilKeyword(filing.until) : undefined
  const messages = groups.flatMap(({ messages: each, change }) =>
    // what is moved about between other mailboxes sleeps on
    each.filter(
      ({ mailboxIds }) => hour !== undefined || change[snoozed] === false || !Object.hasOwn(mailboxIds, snoozed),
    ),
  )
  const before = new Set(messages.flatMap(({ keywords }) => untilKeywords(keywords)))
  const taken = [...before].filter((keyword) => keyword !== hour)
  const set = (keyword: string, value: boolean, which: readonly RowMessage[]): Mutation => ({
    type: 'setKeyword',
    ...idsOf(which),
    keyword,
    value,
  })
  const having = (keyword: string): readonly RowMessage[] =>
    messages.filter(({ keywords }) => Object.hasOwn(keywords, keyword))
  return [
    ...taken.map((keyword) => set(keyword, false, having(keyword))),
    ...(hour === undefined ? [] : [set(hour, true, messages)]),
  ]
}

function idsOf(messages: readonly RowMessage[]): Pick<SetMailboxes, 'emailIds' | 'blobIds'> {
  return { emailIds: messages.map(({ id }) => id), blobIds: messages.map(({ blobId }) => blobId) }
}
