/** What takes an intent back: one more intent, or none where it changed nothing or is of a type that has no way back. */
import type { Email } from '../jmap/types.ts'
import type { Mutation } from './mutation.ts'
import { inverse } from './set-keyword.ts'
import { inverseOfSetMailboxes } from './set-mailboxes.ts'

/** What an Email was before, as the reader saw it: base and overlay. */
export type Before = Pick<Email, 'id' | 'keywords' | 'mailboxIds'>

/** Only for the Emails in `before` that it really changed. What is destroyed comes back by nothing. */
export function inverseOf(mutation: Mutation, before: readonly Before[]): readonly Mutation[] {
  switch (mutation.type) {
    case 'setKeyword': {
      const back = inverse(mutation, before)
      return back ? [back] : []
    }
    case 'setMailboxes':
      return inverseOfSetMailboxes(mutation, before)
    case 'setKeywordOnAll':
    case 'setMailboxesOnAll':
      return [{ type: 'takeBack', of: { ...mutation, done: 0, total: 0 }, emailIds: [], blobIds: [] }]
    case 'takeBack':
      return [mutation.of]
    default:
      return []
  }
}
