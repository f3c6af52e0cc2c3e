/**
 * What Apache James leaves out, laid over another server's calls and answers (reference/james.md): no anchors (D8), no
 * total (D4), no collapsing (D5), no queryChanges, an empty Thread/changes under a constant state (D6), lists in any
 * order, null left away (D24), Mailbox/query by role only (D9), no word of mail that went with its Mailbox (D21).
 */
import type { Invocation } from '../../src/jmap/types.ts'

type Response = readonly [name: string, args: Record<string, unknown>, callId: string]

const THREAD_STATE = '2c9f1b12'

/** James takes the hour after midnight for the last one of its day: no `before` within that day finds these. */
export const AFTER_MIDNIGHT = 'after-midnight'

/** Calls as James would read them, and the answers it gives itself, by call id. */
export function toJames(calls: readonly Invocation[]): { calls: readonly Invocation[]; own: Map<string, Response> } {
  const own = new Map<string, Response>()
  const read = calls.map((call): Invocation => {
    const [name, args, callId] = call
    const answer = ownAnswer(name, args)
    if (answer) own.set(callId, [answer.name, answer.args, callId])
    if (name === 'Thread/changes') return ['Thread/get', { accountId: args['accountId'], ids: [] }, callId]
    if (name !== 'Email/query') return answer ? ['Core/echo', {}, callId] : call
    const { collapseThreads: _, calculateTotal: __, ...rest } = args
    const filter = rest['filter'] as Record<string, unknown> | undefined
    if (filter?.['before'] === undefined) return [name, rest, callId]
    return [name, { ...rest, filter: { ...filter, notKeyword: AFTER_MIDNIGHT } }, callId]
  })
  return { calls: read, own }
}

function ownAnswer(
  name: string,
  args: Record<string, unknown>,
): { name: string; args: Record<string, unknown> } | undefined {
  const error = (type: string): { name: string; args: Record<string, unknown> } => ({ name: 'error', args: { type } })
  if (name === 'Email/queryChanges') return error('unknownMethod')
  if (name === 'Mailbox/query') return error('invalidArguments')
  if (name === 'Email/query' && ('anchor' in args || 'anchorOffset' in args)) return error('invalidArguments')
  if (name !== 'Thread/changes') return undefined
  if (args['sinceState'] !== THREAD_STATE) return error('cannotCalculateChanges')
  const nothing = { created: [], updated: [], destroyed: [], hasMoreChanges: false }
  return { name, args: { ...nothing, oldState: THREAD_STATE, newState: THREAD_STATE } }
}

/** Answers as James would give them. References to an empty Thread/changes find nothing. */
export function fromJames(
  responses: readonly Response[],
  own: ReadonlyMap<string, Response>,
  untold: ReadonlySet<string>,
): Response[] {
  return responses.map(([name, args, callId]): Response => {
    const answer = own.get(callId)
    if (answer) return answer
    if (name === 'error' && /^Thread\.(created|updated)$/.test(callId)) {
      return ['Thread/get', { state: THREAD_STATE, list: [], notFound: [] }, callId]
    }
    if (name === 'Email/changes') {
      const destroyed = (args['destroyed'] as string[]).filter((id) => !untold.has(id))
      return [name, { ...args, destroyed }, callId]
    }
    if (name === 'Thread/get') return [name, { ...args, state: THREAD_STATE }, callId]
    if (name === 'Mailbox/get') return [name, { ...args, list: withoutNulls(args['list']) }, callId]
    if (name === 'Email/get') return [name, { ...args, list: reversed(args['list']) }, callId]
    return [name, args, callId]
  })
}

function withoutNulls(list: unknown): unknown {
  return (list as Record<string, unknown>[]).map((object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)),
  )
}

function reversed(list: unknown): unknown {
  return [...(list as unknown[])].reverse()
}
