/**
 * What users do to messages, and what each acknowledged action promises. A new kind of action is one more row of the
 * table; what it is to achieve at the server is said in words, one for each property.
 */
import type { BlobId, Email, EmailId, MailboxId } from '../../src/jmap/types.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import type { Dice } from '../converge/dice.ts'
import type { Word } from './ledger.ts'

export interface Desk {
  /** Messages that the user sees and chose. */
  readonly emails: readonly Email[]
  readonly mailboxIds: readonly MailboxId[]
}

interface UserAction {
  readonly name: string
  readonly weight: number
  readonly make: (desk: Desk, dice: Dice) => Mutation | undefined
}

export const USER_ACTIONS: readonly UserAction[] = [
  { name: 'read', weight: 4, make: (desk, dice) => setKeyword(desk, '$seen', dice.chance(0.6)) },
  { name: 'flag', weight: 4, make: (desk, dice) => setKeyword(desk, '$flagged', dice.chance(0.6)) },
  {
    name: 'label',
    weight: 2,
    make: (desk, dice) => setKeyword(desk, dice.pick(['work', '$label1']) ?? 'work', dice.chance(0.6)),
  },
  { name: 'move', weight: 4, make: (desk, dice) => move(desk, dice.pick(desk.mailboxIds)) },
  { name: 'copy', weight: 2, make: (desk, dice) => copy(desk, dice.pick(desk.mailboxIds)) },
  { name: 'delete for ever', weight: 0.5, make: destroy },
]

function setKeyword({ emails }: Desk, keyword: string, value: boolean): Mutation {
  return { type: 'setKeyword', ...idsOf(emails), keyword, value }
}

/** To one mailbox, and out of all that the first of them is in: as from a list of one mailbox, with copies elsewhere. */
function move(desk: Desk, to: MailboxId | undefined): Mutation | undefined {
  const from = Object.keys(desk.emails[0]?.mailboxIds ?? {}).filter((id) => id !== to)
  if (to === undefined || from.length === 0) return undefined
  return setMailboxes(desk, { ...Object.fromEntries(from.map((id) => [id, false])), [to]: true })
}

function copy(desk: Desk, to: MailboxId | undefined): Mutation | undefined {
  return to === undefined ? undefined : setMailboxes(desk, { [to]: true })
}

function setMailboxes({ emails }: Desk, mailboxIds: Record<string, boolean>): Mutation {
  return { type: 'setMailboxes', ...idsOf(emails), mailboxIds }
}

function destroy({ emails: [email] }: Desk): Mutation | undefined {
  return email && { type: 'destroyEmails', ...idsOf([email]) }
}

function idsOf(emails: readonly Email[]): { emailIds: EmailId[]; blobIds: BlobId[] } {
  return { emailIds: emails.map(({ id }) => id), blobIds: emails.map(({ blobId }) => blobId) }
}

/** What an action on messages promises, one word for each property. */
export function wordsOf(mutation: Mutation): readonly Word[] {
  switch (mutation.type) {
    case 'setKeyword': {
      const { keyword, value } = mutation
      return mutation.blobIds.map((blobId) => ({ blobId, property: `keywords/${keyword}`, value }))
    }
    case 'setMailboxes': {
      const entries = Object.entries(mutation.mailboxIds)
      return mutation.blobIds.flatMap((blobId) =>
        entries.map(([id, value]) => ({ blobId, property: `mailboxIds/${id}`, value })),
      )
    }
    case 'destroyEmails':
      return mutation.blobIds.map((blobId) => ({ blobId, property: 'destroyed', value: true }))
    default:
      return []
  }
}
