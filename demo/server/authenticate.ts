/** Who sends a request: Basic everywhere, Bearer where there are tokens. */
import type { Directory } from './directory.ts'
import { RequestError } from './errors.ts'
import type { Personality } from './personality.ts'
import type { Tokens } from './tokens.ts'

export function authenticate(
  header: string | null,
  directory: Directory,
  tokens: Tokens,
  personality: Personality,
): string {
  const space = header?.indexOf(' ') ?? -1
  const scheme = header?.slice(0, space).toLowerCase()
  const value = header?.slice(space + 1).trim() ?? ''
  if (scheme === 'bearer') {
    const username = tokens.usernameOf(value)
    if (username !== null) return username
  }
  if (scheme === 'basic') {
    const decoded = Buffer.from(value, 'base64').toString('utf8')
    const colon = decoded.indexOf(':')
    const user = directory.user(decoded.slice(0, colon))
    const password = decoded.slice(colon + 1)
    if (colon >= 0 && user && directory.isAppPassword(user, password)) return user.username
    if (colon >= 0 && user && directory.isPassword(user, password)) {
      // Basic has no room for a code, however right the password is (stalwart.md §3.2).
      if (user.totpSecret !== undefined) throw mfaRequired()
      return user.username
    }
  }
  throw unauthorized(personality)
}

function mfaRequired(): RequestError {
  return new RequestError(402, {
    type: 'about:blank',
    status: 402,
    title: 'MFA required',
    detail: 'A multi-factor authentication token is required.',
  })
}

function unauthorized(personality: Personality): RequestError {
  const problem = { type: 'about:blank', status: 401, title: 'Unauthorized', detail: 'You have to authenticate first.' }
  const challenge =
    personality.name === 'stalwart'
      ? 'Bearer realm="Stalwart Server", resource_metadata="/.well-known/oauth-protected-resource", Basic realm="Stalwart Server"'
      : personality.name === 'cyrus'
        ? 'Bearer realm="mail.example.test", Basic realm="mail.example.test"'
        : 'Basic realm="mail.example.test"'
  return new RequestError(401, problem, { 'WWW-Authenticate': challenge })
}
