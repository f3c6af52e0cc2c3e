/** Keeps older mail, page by page downwards; the account's horizon is the cursor, so it resumes after any stop. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { JmapResponse } from '../jmap/client.ts'
import type { Email, EmailId, Invocation, Thread } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { PageCursor } from './page-cursor.ts'
import { pageCalls, readPage } from './first-sync.ts'
import { parsedIn } from './read-results.ts'
import { argsIfOk } from './read-verdicts.ts'

interface BackfillOutcome {
  readonly isDone: boolean
  /** The account has changed since our token: nothing was written, pull first. */
  readonly needsPull: boolean
  readonly added: number
}

/**
 * One page below the horizon. Runs in the lane: no pull may pass between the request and its transaction, or a
 * message the pull judged to be below the horizon would be above the new one and missing.
 */
export async function backfillPage(ctx: AccountContext, skipped: readonly EmailId[]): Promise<BackfillOutcome> {
  const [horizon, token] = [await ctx.replica.horizon('*'), await ctx.replica.state('Email')]
  if (!horizon || horizon.after === null) return { isDone: true, needsPull: false, added: 0 }
  const start = Date.parse(horizon.after)
  const limit = ctx.batchSize
  const cursor = new PageCursor(horizon.after)
  const emails = new Map<EmailId, Email>()
  const threads = new Map<string, Thread>()
  let after: string | null = horizon.after
  while (after !== null && Date.parse(after) >= start) {
    const response = await ctx.request([
      ...pageCalls(ctx, { limit, ...cursor.args }),
      ...skippedCalls(ctx, skipped.slice(-limit)),
    ])
    const page = readPage(response, limit)
    if (!ctx.vouching.isVouched(token, page.state)) return { isDone: false, needsPull: true, added: 0 }
    const late = readSkipped(response)
    for (const email of [...page.emails, ...late.emails]) emails.set(email.id, email)
    for (const thread of [...page.threads, ...late.threads]) threads.set(thread.id, thread)
    after = page.after
    if (after !== null) cursor.advance(after, page.count)
  }
  const rows = [...emails.values()]
  await ctx.write({ Email: token }, async (tx) => {
    await tx.putEmails(rows)
    await tx.putThreads([...threads.values()])
    await tx.setHorizon({ scope: '*', after })
  })
  return { isDone: after === null, needsPull: false, added: rows.length }
}

/** Created a moment ago and below the old horizon: the query may not know them yet (Stalwart's late index). */
function skippedCalls(ctx: AccountContext, ids: readonly EmailId[]): Invocation[] {
  if (ids.length === 0) return []
  const threadsOf = { '#ids': { resultOf: 's', name: 'Email/get', path: '/list/*/threadId' } }
  return [ctx.call('Email/get', { ids, properties: LIST_PROPERTIES }, 's'), ctx.call('Thread/get', threadsOf, 'st')]
}

/** Only those in their thread: Stalwart still answers for ids that a merge has killed since (M17). */
function readSkipped(response: JmapResponse): { emails: Email[]; threads: Thread[] } {
  if (response.all('s').length === 0) return { emails: [], threads: [] }
  const threads = parsedIn(argsIfOk(response, 'st'), toThread)
  const living = new Set(threads.flatMap((thread) => thread.emailIds))
  return { emails: parsedIn(argsIfOk(response, 's'), toEmail).filter(({ id }) => living.has(id)), threads }
}
