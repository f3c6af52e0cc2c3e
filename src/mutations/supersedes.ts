/** When a newer intent makes an older one moot: it says the last word on everything that the older one says. */
import { isKnownMutation, isMailboxMutation, isOnAll, type Mutation } from './mutation.ts'
import { supersedesSettings } from './set-settings.ts'

/** The older one need not be sent. What is done to mailboxes has an order of its own (`replica/made-ids.ts`). */
export function supersedes(newer: Mutation, older: Mutation): boolean {
  if (newer.type === 'setSettings') return supersedesSettings(newer, older)
  // A newer build may have left a type that this one does not know: its args are not ours to read.
  if (!isKnownMutation(older) || isMailboxMutation(older) || isMailboxMutation(newer)) return false
  if (isOnAll(newer) || isOnAll(older)) {
    return newer.type === 'emptyMailbox' && older.type === 'emptyMailbox' && newer.mailboxId === older.mailboxId
  }
  const ids = new Set(newer.emailIds)
  if (!older.emailIds.every((id) => ids.has(id))) return false
  switch (newer.type) {
    case 'setKeyword':
      return older.type === 'setKeyword' && older.keyword === newer.keyword
    case 'setMailboxes':
      return (
        older.type === 'setMailboxes' &&
        Object.keys(older.mailboxIds).every((id) => Object.hasOwn(newer.mailboxIds, id))
      )
    case 'destroyEmails':
      return true
    default:
      return false
  }
}
