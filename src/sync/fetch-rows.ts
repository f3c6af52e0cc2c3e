/** Plain gets by id, in chunks the server takes. What a server does not answer is simply absent from the result. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { RequestOptions } from '../jmap/client.ts'
import type { Email, EmailId, State, Thread, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { MUTABLE_PROPERTIES } from './delta-calls.ts'
import { toMutableEmail, type MutableEmail } from './mutable-email.ts'
import { argsOf, listIn, stateIn } from './read-results.ts'

type Priority = RequestOptions['priority']

async function getAll<T>(
  ctx: AccountContext,
  ask: {
    method: string
    ids: readonly string[]
    properties?: readonly string[]
    priority: Priority
    states?: Set<State | undefined>
  },
  parse: (raw: unknown) => T | undefined,
): Promise<T[]> {
  const found: T[] = []
  for (let at = 0; at < ask.ids.length; at += ctx.batchSize) {
    const ids = ask.ids.slice(at, at + ctx.batchSize)
    const args = { ids, ...(ask.properties ? { properties: ask.properties } : {}) }
    const response = await ctx.request([ctx.call(ask.method, args, 'g')], ask.priority)
    const answer = argsOf(response, 'g')
    ask.states?.add(stateIn(answer))
    for (const raw of listIn(answer)) {
      const row = parse(raw)
      if (row !== undefined) found.push(row)
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
  return getAll(ctx, { method: 'Email/get', ids, properties: MUTABLE_PROPERTIES, priority }, toMutableEmail)
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
