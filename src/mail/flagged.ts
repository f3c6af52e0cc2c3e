/** What Flagged lists, besides what it may be narrowed to: counted beside every list, so it stands alone. */
import type { MailboxId } from '../jmap/types.ts'

/** Email/query's condition (RFC 8621 §4.4.1). `passedOver`: Trash and Junk. */
export function flaggedCondition(passedOver: readonly MailboxId[]): Record<string, unknown> {
  return { inMailboxOtherThan: passedOver, hasKeyword: '$flagged' }
}
