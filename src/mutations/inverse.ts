/** What takes an intent back: one more intent, or none where it changed nothing or is of a type that has no way back. */
import type { Email } from '../jmap/types.ts'
import type { Mutation } from './mutation.ts'
import { inverse } from './set-keyword.ts'

/** What an Email was before, as the reader saw it: base and overlay. */
export type Before = Pick<Email, 'id' | 'keywords' | 'mailboxIds'>

/** Only for the Emails in `before` that it really changed. */
export function inverseOf(mutation: Mutation, before: readonly Before[]): readonly Mutation[] {
  if ((mutation.type as string) !== 'setKeyword') return []
  const back = inverse(mutation, before)
  return back ? [back] : []
}
