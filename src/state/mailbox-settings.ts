/** Under which names an account's settings hold what was chosen for its mailboxes. */
import type { MailboxId } from '../jmap/types.ts'

/** In what this device reads before its first rows: by mailbox. */
export const MAILBOXES_SETTING = 'mailboxes'

/** In the account's file. An id has no stroke (RFC 8620 §1.2). */
export function mailboxSetting(id: MailboxId): string {
  return `${MAILBOXES_SETTING}/${id}`
}
