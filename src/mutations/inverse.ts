/**
 * What takes an intent back: one more intent, or none where it changed nothing or is of a type that has no way back. The
 * page has it at rest, before what intents are: it asks for nothing of that.
 */
import type { BlobId, Email, EmailId, MailboxId } from '../jmap/types.ts'
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
  const change = Object.entries(mutation.mailboxIds) as [MailboxId, boolean][]
  // By which parts of the change they had to go through: of thousands most are alike, and are judged by no more than that.
  const groups = new Map<string, { emailIds: EmailId[]; blobIds: BlobId[] }>()
  for (const [index, id] of mutation.emailIds.entries()) {
    const [mailboxIds, blobId] = [known.get(id), mutation.blobIds[index]]
    if (!mailboxIds || blobId === undefined) continue
    const key = change.map(([mailboxId, isIn]) => (Object.hasOwn(mailboxIds, mailboxId) === isIn ? '-' : '+')).join('')
    const group = groups.get(key) ?? { emailIds: [], blobIds: [] }
    group.emailIds.push(id)
    group.blobIds.push(blobId)
    groups.set(key, group)
  }
  return [...groups].flatMap(([key, ids]) => {
    const changed = change.filter((_, at) => key[at] === '+')
    if (changed.length === 0) return []
    const mailboxIds = Object.fromEntries(changed.map(([mailboxId, isIn]) => [mailboxId, !isIn]))
    return [{ type: 'setMailboxes', ...ids, mailboxIds, ...(mutation.make && { make: mutation.make }) } as const]
  })
}
