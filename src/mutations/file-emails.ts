/**
 * What the reader means by archive, delete, junk and move, as intents: one for each set of mailboxes that changes alike.
 * Only the messages that stand in the list are meant, never the answers that lie in Sent. Pure.
 */
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import { FLAGGED, isLocalId, type RowMessage } from '../mail/list.ts'
import type { Mutation, SetMailboxes } from './mutation.ts'

export type Filing = 'archive' | 'trash' | 'junk' | 'notJunk' | { readonly to: MailboxId }

export interface FilingInput {
  readonly messages: readonly RowMessage[]
  /** The mailbox whose list they stand in; `FLAGGED`, or undefined for hits of a search: all of them are meant. */
  readonly from: MailboxId | undefined
  readonly mailboxes: readonly Mailbox[]
}

/** Where it leads; undefined where the account has no such mailbox. */
export function targetOf(filing: Filing, mailboxes: readonly Mailbox[]): Mailbox | undefined {
  if (typeof filing === 'object') return mailboxes.find(({ id }) => id === filing.to)
  const role = filing === 'notJunk' ? 'inbox' : filing
  return mailboxes.find((mailbox) => mailbox.role === role)
}

/** Empty where there is nothing to do, nowhere to go, or no right to. */
export function fileEmails(filing: Filing, input: FilingInput): readonly Mutation[] {
  const { messages, mailboxes } = input
  const target = targetOf(filing, mailboxes)
  if (!target?.myRights.mayAddItems) return []
  const from = input.from === FLAGGED ? undefined : input.from
  const meant = from === undefined ? messages : messages.filter((message) => Object.hasOwn(message.mailboxIds, from))
  const mayLeave = new Set(mailboxes.filter(({ myRights }) => myRights.mayRemoveItems).map(({ id }) => id))
  const groups = new Map<string, { messages: RowMessage[]; change: Record<MailboxId, boolean> }>()
  for (const message of meant) {
    const change = changeOf(filing, message, { from, target: target.id, mayLeave, inbox: roleId(mailboxes, 'inbox') })
    if (!change) continue
    const key = JSON.stringify(change)
    const group = groups.get(key) ?? { messages: [], change }
    group.messages.push(message)
    groups.set(key, group)
  }
  const moves = [...groups.values()].map(({ messages: each, change }): SetMailboxes => ({
    type: 'setMailboxes',
    ...idsOf(each),
    mailboxIds: change,
    ...madeIn(change, mailboxes),
  }))
  const moved = [...groups.values()].flatMap((group) => group.messages)
  return [...moves, ...marksOf(filing, moved)]
}

/** The mailbox among them that the server has still to make. */
function madeIn(change: SetMailboxes['mailboxIds'], mailboxes: readonly Mailbox[]): Pick<SetMailboxes, 'make'> {
  const made = mailboxes.find(({ id }) => isLocalId(id) && Object.hasOwn(change, id))
  return made ? { make: { ...made, totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0 } } : {}
}

interface Places {
  readonly from: MailboxId | undefined
  readonly target: MailboxId
  readonly mayLeave: ReadonlySet<MailboxId>
  readonly inbox: MailboxId | undefined
}

/** Undefined: it is there already, or may not leave where it is. */
function changeOf(filing: Filing, { mailboxIds }: RowMessage, places: Places): Record<MailboxId, boolean> | undefined {
  const { from, target, mayLeave, inbox } = places
  const all = Object.keys(mailboxIds) as MailboxId[]
  // deleted or junk, it stands nowhere else; archived or moved, it keeps its other mailboxes
  const isForAll = filing === 'trash' || filing === 'junk'
  const left = isForAll ? all : from === undefined ? all.filter((id) => filing !== 'archive' || id === inbox) : [from]
  const leaving = left.filter((id) => id !== target)
  if (leaving.some((id) => !mayLeave.has(id))) return undefined
  if (leaving.length === 0 && all.includes(target)) return undefined
  return Object.fromEntries([...leaving.map((id) => [id, false]), [target, true]]) as Record<MailboxId, boolean>
}

/** What junk filters learn from (IANA keywords `$junk`, `$notjunk`). */
function marksOf(filing: Filing, messages: readonly RowMessage[]): readonly Mutation[] {
  const set = (keyword: string, value: boolean, which: readonly RowMessage[]): readonly Mutation[] =>
    which.length === 0 ? [] : [{ type: 'setKeyword', ...idsOf(which), keyword, value }]
  const withKeyword = (keyword: string): readonly RowMessage[] =>
    messages.filter((message) => Object.hasOwn(message.keywords, keyword))
  if (filing === 'junk') return [...set('$junk', true, messages), ...set('$notjunk', false, withKeyword('$notjunk'))]
  if (filing === 'notJunk') return [...set('$notjunk', true, messages), ...set('$junk', false, withKeyword('$junk'))]
  return []
}

function idsOf(messages: readonly RowMessage[]): Pick<SetMailboxes, 'emailIds' | 'blobIds'> {
  return { emailIds: messages.map(({ id }) => id), blobIds: messages.map(({ blobId }) => blobId) }
}

function roleId(mailboxes: readonly Mailbox[], role: string): MailboxId | undefined {
  return mailboxes.find((mailbox) => mailbox.role === role)?.id
}
