/** Read and unread for whole conversations, from the list: one outbox row, whatever their number. */
import { isUnread, SEEN } from '../mail/keywords.ts'
import type { OpenAccount } from './open-account.ts'
import type { RowMessage, ThreadRow } from '../mail/list.ts'

/**
 * Read: every message of the conversation. Unread: the one that stands in the list, which is what the reader will want
 * to come back to. Answers how many conversations changed.
 */
export async function markSeen(account: OpenAccount, rows: readonly ThreadRow[], isSeen: boolean): Promise<number> {
  const changed = rows.map((row) => (isSeen ? row.messages.filter(isUnread) : standing(row)))
  const messages = changed.flat()
  if (messages.length === 0) return 0
  await account.replica.appendMutation({
    type: 'setKeyword',
    emailIds: messages.map((message) => message.id),
    blobIds: messages.map((message) => message.blobId),
    keyword: SEEN,
    value: isSeen,
  })
  account.port.pokeOutbox()
  return changed.filter((each) => each.length > 0).length
}

function standing(row: ThreadRow): readonly RowMessage[] {
  return row.messages.filter((message) => message.id === row.emailId && !isUnread(message))
}
