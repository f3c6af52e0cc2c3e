/** Credentials as a sign-in would store them. */
import type { Credential } from '../../src/auth/credential.ts'
import { parseSession } from '../../src/jmap/parse-session.ts'
import { sessionJson, sessionUrl, strictPolicy } from './jmap-session.ts'

export function aCredential(changes: Partial<Credential> = {}): Credential {
  return {
    login: 'alice',
    generation: 1,
    state: 'ok',
    kind: 'stalwart',
    issuedAt: Date.UTC(2026, 10, 25, 12),
    expiresIn: 3600,
    sessionUrl,
    username: 'alice@example.test',
    policy: strictPolicy,
    session: parseSession(sessionJson(), sessionUrl, strictPolicy),
    addedAt: 1,
    secret: { kind: 'stalwart', accessToken: 'sw1.A1', refreshToken: 'sw1.R' },
    ...changes,
  }
}

export function aBasicCredential(changes: Partial<Credential> = {}): Credential {
  const secret = { kind: 'basic', username: 'alice', password: 'pw' } as const
  return aCredential({ kind: 'basic', expiresIn: 0, secret, ...changes })
}
