/** Who takes part in a conversation, as a list's row names them. */
import type { EmailAddress } from '../jmap/types.ts'
import { isSamePerson } from './addresses.ts'
import { isUnread } from './keywords.ts'
import type { RowMessage, ThreadRow } from './list.ts'

interface Participant {
  readonly address: EmailAddress
  /** A message of theirs is unread. */
  readonly isUnread: boolean
  /** The reader: shown as "you". */
  readonly isOwn: boolean
}

export interface Participants {
  readonly shown: readonly Participant[]
  /** How many more there are. */
  readonly hidden: number
}

const AT_MOST = 3

/** At most three: unread ones first, then by their newest message, the reader last. `own` in lower case. */
export function participantsOf(row: ThreadRow, own: readonly string[]): Participants {
  const all: Participant[] = []
  for (const message of [...row.messages].reverse()) {
    if (message.from !== null) add(all, message.from, message, own)
  }
  const sorted = all.toSorted((a, b) => rank(a) - rank(b))
  return { shown: sorted.slice(0, AT_MOST), hidden: Math.max(0, sorted.length - AT_MOST) }
}

function add(all: Participant[], address: EmailAddress, message: RowMessage, own: readonly string[]): void {
  const index = all.findIndex((other) => isSamePerson(other.address, address))
  const known = all[index]
  if (known === undefined) {
    all.push({ address, isUnread: isUnread(message), isOwn: own.includes(address.email.toLowerCase()) })
  } else if (isUnread(message)) all[index] = { ...known, isUnread: true }
}

function rank({ isOwn, isUnread: unread }: Participant): number {
  return isOwn ? 2 : unread ? 0 : 1
}
