/** What IMAP has marked as deleted (`\Deleted`), where a server tells of it: gone as soon as a program of IMAP expunges. */
import type { Email } from '../jmap/types.ts'

export const DELETED = '$deleted'

export function isMarkedDeleted({ keywords }: Pick<Email, 'keywords'>): boolean {
  return Object.hasOwn(keywords, DELETED)
}
