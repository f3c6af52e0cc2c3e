/** The key of one sign-in: databases, locks and channels are named after it. */
import { hexOf } from './encoding.ts'

/**
 * SHA-256 of origin and user name, shortened to 64 bits: account ids are no names of their own, since two servers both
 * call theirs `b`. Servers take user names without regard to case.
 */
export async function loginId(origin: string, username: string): Promise<string> {
  const text = new TextEncoder().encode(`${origin}\n${username.toLowerCase()}`)
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', text))).slice(0, 16)
}
