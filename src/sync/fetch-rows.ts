/** Plain gets by id, in chunks the server takes. What a server does not answer is simply absent from the result. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { RequestOptions } from '../jmap/client.ts'
import type { Email, EmailId, Invocation, State, Thread, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { MUTABLE_PROPERTIES } from './delta-calls.ts'
import { toMutableEmail, type MutableEmail } from './mutable-email.ts'
import { argsOf, listIn, stateIn } from './read-results.ts'

/** Of small answers in one request; as most servers take. */
const MOST_CALLS = 10
const MOST_IDS = 1_000

type Priority = RequestOptions['priority']

async function getAll<T>(
  ctx: AccountContext,
  ask: {
    method: string
    ids: readonly string[]
    properties?: readonly string[]
    priority: Priority
    states?: Set<State | undefined>
    /** How many go into one call, and how many calls into one request. */
    size?: number
    calls?: number
  },
  parse: (raw: unknown) => T | undefined,
): Promise<T[]> {
  const { size = ctx.batchSize, calls: most = 1 } = ask
  const calls: Invocation[] = []
  for (let at = 0; at < ask.ids.length; at += size) {
    const args = { ids: ask.ids.slice(at, at + size), ...(ask.properties ? { properties: ask.properties } : {}) }
    calls.push(ctx.call(ask.method, args, `g${String(calls.length)}`))
  }
  const found: T[] = []
  for (let at = 0; at < calls.length; at += most) {
    const asked = calls.slice(at, at + most)
    const response = await ctx.request(asked, ask.priority)
    for (const [, , callId] of asked) {
      const answer = argsOf(response, callId)
      ask.states?.add(stateIn(answer))
      for (const raw of listIn(answer)) {
        const row = parse(raw)
        if (row !== undefined) found.push(row)
      }
    }
  }
  return found
}

export function getEmails(ctx: AccountContext, ids: readonly EmailId[], priority?: Priority): Promise<Email[]> {
  return getAll(ctx, { method: 'Email/get', ids, properties: LIST_PROPERTIES, priority }, toEmail)
}

/** As `getEmails`, with the state of the answer; undefined when several answers differ. */
export async function getEmailsWithState(
  ctx: AccountContext,
  ids: readonly EmailId[],
  priority?: Priority,
): Promise<{ emails: Email[]; state: State | undefined }> {
  const states = new Set<State | undefined>()
  const emails = await getAll(ctx, { method: 'Email/get', ids, properties: LIST_PROPERTIES, priority, states }, toEmail)
  return { emails, state: states.size === 1 ? [...states][0] : undefined }
}

export function getMutable(ctx: AccountContext, ids: readonly EmailId[], priority?: Priority): Promise<MutableEmail[]> {
  // A few words each, and of thousands after what was done to all that match.
  const { maxObjectsInGet, maxCallsInRequest } = ctx.deps.client.session.limits
  const size = Math.max(1, Math.min(MOST_IDS, maxObjectsInGet))
  const calls = Math.max(1, Math.min(MOST_CALLS, maxCallsInRequest))
  const ask = { method: 'Email/get', ids, properties: MUTABLE_PROPERTIES, priority, size, calls }
  return getAll(ctx, ask, toMutableEmail)
}

export function getThreads(ctx: AccountContext, ids: readonly ThreadId[], priority?: Priority): Promise<Thread[]> {
  return getAll(ctx, { method: 'Thread/get', ids, priority }, toThread)
}

/** Base rows: what is deleted here, and not yet at the server, is known all the same, and a merge may give it another id. */
export function knownRows(
  { replica }: AccountContext,
  ids: readonly EmailId[],
): Promise<readonly (Email | undefined)[]> {
  return replica.read(['emails'], (tx) => Promise.all(ids.map((id) => tx.get('emails', id))))
}

/** Ids that have no row here. Above the horizon they fill a hole; below it they are islands, asked for once. */
export async function fetchLacking(
  ctx: AccountContext,
  ids: readonly EmailId[],
): Promise<{ emails: Email[]; threads: Thread[]; state: State | undefined }> {
  const rows = await knownRows(ctx, ids)
  const { emails, state } = await getEmailsWithState(
    ctx,
    ids.filter((_, index) => rows[index] === undefined),
  )
  return { emails, state, threads: await getThreads(ctx, [...new Set(emails.map((email) => email.threadId))]) }
}
