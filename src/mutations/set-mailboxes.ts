/** The intent "put into these mailboxes, take out of those", for some or for all that match: its effect. */
import type { Email, MailboxId } from '../jmap/types.ts'
import { untilKeywords } from '../mail/snoozed.ts'
import type { Mutation, SetMailboxes, SetMailboxesOnAll } from './mutation.ts'
import { withKeyword } from './set-keyword.ts'

export type MailboxIds = Email['mailboxIds']

/** `Object.entries`, with the ids' type. */
export function entriesOf(change: SetMailboxes['mailboxIds']): [MailboxId, boolean][] {
  return Object.entries(change) as [MailboxId, boolean][]
}

/** The mailboxes that it puts Emails into. */
export function targetsOf(mutation: Mutation): readonly MailboxId[] {
  if (mutation.type === 'setMailboxesOnAll') return [mutation.to]
  if (mutation.type !== 'setMailboxes') return []
  return entriesOf(mutation.mailboxIds).flatMap(([id, isIn]) => (isIn ? [id] : []))
}

/** The mailboxes after the change; the same object when nothing changes, so that views can compare by reference. */
export function withMailboxes(mailboxIds: MailboxIds, change: Iterable<readonly [MailboxId, boolean]>): MailboxIds {
  const after = new Set(Object.keys(mailboxIds) as MailboxId[])
  let isChanged = false
  for (const [id, isIn] of change) {
    if (after.has(id) === isIn) continue
    isChanged = true
    if (isIn) after.add(id)
    else after.delete(id)
  }
  return isChanged ? Object.fromEntries([...after].map((id) => [id, true] as const)) : mailboxIds
}

type State = Pick<Email, 'keywords' | 'mailboxIds'>

/** By name or id: whether it is to be there. Only what really changes. */
export interface StateChange {
  readonly keywords: readonly (readonly [string, boolean])[]
  readonly mailboxIds: readonly (readonly [MailboxId, boolean])[]
}

/** What moving all that match changes of one message. */
export function changeOf(mutation: SetMailboxesOnAll, { keywords, mailboxIds }: State): StateChange {
  const { to, hour, isOnlyLeft } = mutation
  const all = Object.keys(mailboxIds) as MailboxId[]
  const left = all.filter((id) => isLeft(mutation, id))
  const isPut = !all.includes(to) && !(isOnlyLeft && left.length === 0)
  const hours = hour === undefined ? [] : untilKeywords(keywords).map((name) => [name, false] as const)
  const wanted = [
    ...Object.entries(mutation.keywords),
    ...new Map([...hours, ...(hour ? [[hour, true] as const] : [])]),
  ]
  return {
    keywords: wanted.filter(([name, value]) => Object.hasOwn(keywords, name) !== value),
    mailboxIds: [...left.map((id) => [id, false] as const), ...(isPut ? [[to, true] as const] : [])],
  }
}

/** Whether what stands in a mailbox leaves it. */
export function isLeft({ leaves, to, match }: SetMailboxesOnAll, id: MailboxId): boolean {
  if (id === to) return false
  return typeof leaves === 'object'
    ? leaves.includes(id)
    : leaves === 'all' || (leaves === 'list' && id === match.mailboxId)
}

/** The same objects where nothing changes. */
export function withMoved(state: State, mutation: SetMailboxesOnAll): State {
  const change = changeOf(mutation, state)
  let { keywords } = state
  for (const [name, value] of change.keywords) keywords = withKeyword(keywords, name, value)
  return { keywords, mailboxIds: withMailboxes(state.mailboxIds, change.mailboxIds) }
}
