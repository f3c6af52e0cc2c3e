/** The intent "move all that match": what it changes of one message, and back. Pure. */
import type { Email, MailboxId } from '../jmap/types.ts'
import type { SetMailboxesOnAll } from './mutation.ts'
import { withKeyword } from './set-keyword.ts'
import { withMailboxes } from './set-mailboxes.ts'

type State = Pick<Email, 'keywords' | 'mailboxIds'>

/** By name or id: whether it is to be there. Only what really changes. */
export interface StateChange {
  readonly keywords: readonly (readonly [string, boolean])[]
  readonly mailboxIds: readonly (readonly [MailboxId, boolean])[]
}

export function changeOf(mutation: SetMailboxesOnAll, { keywords, mailboxIds }: State): StateChange {
  const { to, leaves, match } = mutation
  const all = Object.keys(mailboxIds) as MailboxId[]
  const left = leaves === 'none' ? [] : all.filter((id) => id !== to && (leaves === 'all' || id === match.mailboxId))
  return {
    keywords: Object.entries(mutation.keywords).filter(([name, value]) => Object.hasOwn(keywords, name) !== value),
    mailboxIds: [...left.map((id) => [id, false] as const), ...(all.includes(to) ? [] : [[to, true] as const])],
  }
}

/** The same objects where nothing changes. */
export function withMoved(state: State, mutation: SetMailboxesOnAll): State {
  const change = changeOf(mutation, state)
  let { keywords } = state
  for (const [name, value] of change.keywords) keywords = withKeyword(keywords, name, value)
  return { keywords, mailboxIds: withMailboxes(state.mailboxIds, change.mailboxIds) }
}
