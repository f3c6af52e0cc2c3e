/**
 * What takes an intent back: one more intent, or none where it changed nothing or is of a type that has no way back. The
 * page has it at rest, before what intents are: it asks for nothing of that.
 */
import type { Email, EmailId, MailboxId } from '../jmap/types.ts'
import type { Mutation, SetKeyword, SetMailboxes } from './mutation.ts'

/** What an Email was before, as the reader saw it: base and overlay. */
export type Before = Pick<Email, 'id' | 'keywords' | 'mailboxIds'>

/** Only for the Emails in `before` that it really changed. What is destroyed comes back by nothing. */
export function inverseOf(mutation: Mutation, before: readonly Before[]): readonly Mutation[] {
  switch (mutation.type) {
    case 'setKeyword': {
      const back = inverseOfSetKeyword(mutation, before)
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

/** For the Emails that it changed; undefined when it changed none. */
export function inverseOfSetKeyword(
  mutation: SetKeyword,
  before: readonly Pick<Email, 'id' | 'keywords'>[],
): SetKeyword | undefined {
  const changed = new Set(
    before
      .filter((email) => Object.hasOwn(email.keywords, mutation.keyword) !== mutation.value)
      .map((email) => email.id),
  )
  const pairs = mutation.emailIds.flatMap((id, index) => {
    const blobId = mutation.blobIds[index]
    return changed.has(id) && blobId !== undefined ? [[id, blobId] as const] : []
  })
  if (pairs.length === 0) return undefined
  return {
    ...mutation,
    emailIds: pairs.map(([id]) => id),
    blobIds: pairs.map(([, blobId]) => blobId),
    value: !mutation.value,
  }
}

/** For the Emails that it changed: one for each set of mailboxes that they came from. */
export function inverseOfSetMailboxes(
  mutation: SetMailboxes,
  before: readonly Pick<Email, 'id' | 'mailboxIds'>[],
): readonly SetMailboxes[] {
  const known = new Map(before.map((email) => [email.id, email.mailboxIds]))
  const inverses = new Map<string, { ids: EmailId[]; mailboxIds: Record<MailboxId, boolean> }>()
  for (const id of mutation.emailIds) {
    const mailboxIds = known.get(id)
    if (!mailboxIds) continue
    const changed = (Object.entries(mutation.mailboxIds) as [MailboxId, boolean][]).filter(
      ([mailboxId, isIn]) => Object.hasOwn(mailboxIds, mailboxId) !== isIn,
    )
    if (changed.length === 0) continue
    const back = Object.fromEntries(changed.map(([mailboxId, isIn]) => [mailboxId, !isIn]))
    const key = JSON.stringify(back)
    const group = inverses.get(key) ?? { ids: [], mailboxIds: back }
    group.ids.push(id)
    inverses.set(key, group)
  }
  const blobOf = new Map(mutation.emailIds.map((id, index) => [id, mutation.blobIds[index]]))
  return [...inverses.values()].map(({ ids, mailboxIds }) => ({
    type: 'setMailboxes',
    emailIds: ids,
    blobIds: ids.flatMap((id) => blobOf.get(id) ?? []),
    mailboxIds,
    ...(mutation.make && { make: mutation.make }),
  }))
}
