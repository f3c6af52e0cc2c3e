/** A conversation of which its reader wants to hear no more (ADR 0022): `$muted` of RFC 9979. Pure. */
import type { Email } from '../jmap/types.ts'

export const MUTED = '$muted'

/** Any of its messages says so for all of them: what came later may not have been marked yet. */
export function isMuted(messages: readonly Pick<Email, 'keywords'>[]): boolean {
  return messages.some(({ keywords }) => Object.hasOwn(keywords, MUTED))
}
