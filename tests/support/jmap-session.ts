/** Session objects as a server would send them. */
import type { SessionPolicy } from '../../src/jmap/parse-session.ts'

export const sessionUrl = 'https://mail.example.test/jmap/session'
export const strictPolicy: SessionPolicy = { allowedOrigins: [], rewriteTo: null }

export function sessionJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    capabilities: {
      'urn:ietf:params:jmap:core': {
        maxSizeUpload: 50_000_000,
        maxConcurrentUpload: 4,
        maxSizeRequest: 10_000_000,
        maxConcurrentRequests: 4,
        maxCallsInRequest: 16,
        maxObjectsInGet: 500,
        maxObjectsInSet: 500,
        collationAlgorithms: [],
      },
      'urn:ietf:params:jmap:mail': {},
      'urn:ietf:params:jmap:submission': {},
    },
    accounts: {
      b: {
        name: 'alice@example.test',
        isPersonal: true,
        isReadOnly: false,
        accountCapabilities: { 'urn:ietf:params:jmap:mail': {}, 'urn:ietf:params:jmap:submission': {} },
      },
    },
    primaryAccounts: { 'urn:ietf:params:jmap:mail': 'b' },
    username: 'alice@example.test',
    apiUrl: '/jmap/',
    downloadUrl: '/jmap/download/{accountId}/{blobId}/{name}?accept={type}',
    uploadUrl: '/jmap/upload/{accountId}/',
    eventSourceUrl: '/jmap/eventsource/?types={types}&closeafter={closeafter}&ping={ping}',
    state: 's1',
    ...changes,
  }
}
