/** Rows that are no longer kept here: gone from this device alone, as if they had never come. No tombstones. */
import type { EmailId } from '../../jmap/types.ts'
import { NoticeDraft } from '../notice.ts'
import type { ChangeNotice } from '../replica.ts'
import type { StorageTx } from '../storage/storage.ts'
import { ThreadLedger } from '../thread-ledger.ts'
import { dropBody } from './make-room.ts'

/** Only below the horizon: above it every row must be here. Answers what to tell. */
export async function forgetEmails(tx: StorageTx, ids: readonly EmailId[]): Promise<ChangeNotice> {
  const notice = new NoticeDraft()
  const ledger = new ThreadLedger(tx)
  const emails = (await Promise.all(ids.map((id) => tx.get('emails', id)))).filter((email) => email !== undefined)
  await ledger.touch(emails.map((email) => email.threadId))
  for (const email of emails) {
    tx.delete('emails', email.id)
    dropBody(tx, email.id)
    ledger.deleteEmail(email)
    notice.emailIds.add(email.id)
  }
  for (const threadId of ledger.threadIds) {
    notice.threadIds.add(threadId)
    if ((await tx.keysByIndex('emails', 'threadId', threadId)).length === 0) tx.delete('threads', threadId)
  }
  for (const mailboxId of await ledger.settle()) notice.lists.add(mailboxId)
  return notice.toNotice()
}
