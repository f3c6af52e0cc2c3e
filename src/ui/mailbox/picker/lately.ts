/** Where mail was moved to lately, one account apart from the other: in memory, as long as the page. */
import type { MailboxId } from '../../../jmap/types.ts'

const KEPT = 5

/** By account object: one that signed out and in again is another. */
const targets = new WeakMap<object, readonly MailboxId[]>()

/** The newest first. */
export function latelyUsed(account: object): readonly MailboxId[] {
  return targets.get(account) ?? []
}

export function rememberTarget(account: object, id: MailboxId): void {
  targets.set(account, [id, ...latelyUsed(account).filter((other) => other !== id)].slice(0, KEPT))
}
