/**
 * What support needs to know of one account, and nothing of its mail: no address, subject or id leaves here. What is in
 * the server's words (types of errors) is compared with the RFCs' own, and is "other" where it is none of them.
 */
import type { JmapClient } from '../jmap/client.ts'
import type { RequestEntry } from '../jmap/request-log.ts'
import { MIGRATIONS } from '../replica/idb/migrations/migrations.ts'
import type { Replica, StateType } from '../replica/replica.ts'
import type { InspectedRequest, Inspection } from './engine-port.ts'

const STATES: readonly StateType[] = ['Mailbox', 'Email', 'Thread', 'Identity']
const COUNTED = ['mailboxes', 'emails', 'threads', 'bodies'] as const
/** Enough to see whether a token moved. */
const TOKEN_END = 6

/** RFC 8620 §3.6.2, §5.2 to §5.6; RFC 8621 §2.5, §4.4, §4.6. */
const KNOWN_ERRORS = new Set(
  `accountNotFound accountNotSupportedByMethod accountReadOnly anchorNotFound cannotCalculateChanges forbidden
  fromAccountNotFound fromAccountNotSupportedByMethod invalidArguments invalidPatch invalidProperties
  invalidResultReference mailboxHasChild mailboxHasEmail notFound overQuota rateLimit requestTooLarge serverFail
  serverPartialFail serverUnavailable singleton stateMismatch tooLarge tooManyChanges tooManyKeywords
  tooManyMailboxes unknownMethod unsupportedFilter unsupportedSort willDestroy`.split(/\s+/),
)

export async function inspect(replica: Replica, client: JmapClient): Promise<Inspection> {
  const tokens = await Promise.all(STATES.map((type) => replica.state(type)))
  const [epoch, ...counts] = await replica.read(['meta', ...COUNTED], (tx) =>
    Promise.all([tx.get('meta', 'epoch').then((row) => row?.value ?? 0), ...COUNTED.map((store) => tx.count(store))]),
  )
  const rows = await replica.outbox()
  const queues = new Map<string, number>()
  for (const { mutation, status } of rows) {
    const key = `${nameOnly(mutation.type)} ${status}`
    queues.set(key, (queues.get(key) ?? 0) + 1)
  }
  return {
    states: Object.fromEntries(STATES.map((type, at) => [type, tokens[at]?.slice(-TOKEN_END)])),
    queues: Object.fromEntries(queues),
    oldest: rows.length > 0 ? Math.min(...rows.map((row) => row.createdAt)) : undefined,
    kept: Object.fromEntries(COUNTED.map((store, at) => [store, counts[at] ?? 0])),
    epoch,
    schema: MIGRATIONS.length,
    capabilities: [...client.session.capabilities].filter((name) => /^urn:ietf:params:jmap:[\w:-]{1,60}$/.test(name)),
    requests: (client.requests ?? []).map(withoutWords),
    isLeading: true,
  }
}

/** A type that a newer build wrote is still a name; anything else is none. */
function nameOnly(type: string): string {
  return /^[a-zA-Z]{1,30}$/.test(type) ? type : 'other'
}

function withoutWords(entry: RequestEntry): InspectedRequest {
  const errors = entry.errors.map((type) => (typeof type === 'string' && KNOWN_ERRORS.has(type) ? type : 'other'))
  return { ...entry, errors: [...new Set(errors)] }
}
