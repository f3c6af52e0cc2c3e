/** HTTP Basic (RFC 7617), for servers that have no token flow of their own. */
import { base64Of } from './encoding.ts'

/** UTF-8, as RFC 7617 §2.1 recommends. */
export function basicHeader(username: string, password: string): string {
  return `Basic ${base64Of(new TextEncoder().encode(`${username}:${password}`))}`
}

/** A colon would end the user name early, at another account's name perhaps (RFC 7617 §2). */
export function canBeBasic(username: string): boolean {
  return !username.includes(':')
}
