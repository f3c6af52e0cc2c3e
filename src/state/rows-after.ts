/** What intents make of the rows of one list, before they are durable: a key shows in the next frame. */
import type { MailboxId } from '../jmap/types.ts'
import type { RowMessage, ThreadRow } from '../mail/list.ts'
import type { Mutation } from '../mutations/mutation.ts'
import { effectiveRow, foldPending } from '../mutations/overlay.ts'
import type { MailList } from './mail-list.ts'
import { RowsAhead, type RowChange } from './rows-ahead.ts'

/** Rows that some of their messages leave, or that come, are made anew when the intents are read with the rest. */
function rowsAfter(mutations: readonly Mutation[]): RowChange {
  const rows = mutations.map((mutation, seq) => {
    return { seq, id: '', mutation, createdAt: 0, status: 'queued', attempts: 0 } as const
  })
  const pending = foldPending(rows)
  const isLeaving = ({ id }: RowMessage, from: MailboxId): boolean => {
    const change = pending.get(id)
    return change !== undefined && (change.isDestroyed || change.mailboxIds.get(from) === false)
  }
  return (row: ThreadRow) => {
    const { mailboxId } = row
    const here = row.messages.filter(({ mailboxIds }) => Object.hasOwn(mailboxIds, mailboxId))
    if (here.length > 0 && here.every((message) => isLeaving(message, mailboxId))) return undefined
    const after = effectiveRow(row, pending)
    // With all that match.
    const isGone = after !== row && !after.messages.some(({ mailboxIds }) => Object.hasOwn(mailboxIds, mailboxId))
    return isGone && here.length > 0 ? undefined : after
  }
}

export type ShownIn = Pick<MailList, 'reread' | 'meanwhile'>

/** Shows the intents in a list while they are written, and then what came of it. `shown`: as soon as the list has them. */
export async function shownMeanwhile<T>(
  list: ShownIn,
  mutations: readonly Mutation[],
  write: () => Promise<T>,
  shown: () => void = () => undefined,
): Promise<T> {
  const done = list.meanwhile?.(rowsAfter(mutations), () => new RowsAhead())
  if (done) shown()
  let isWritten = false
  try {
    const result = await write()
    isWritten = true
    await list.reread()
    if (!done) shown()
    return result
  } finally {
    done?.()
    if (!isWritten) void list.reread()
  }
}
