/** One thing by its id: a thread, for a conversation that is opened; a list's length. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { RequestOptions } from '../jmap/client.ts'
import type { ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import type { AccountContext } from './account-context.ts'
import { argsOf, numberIn, parsedIn, stateIn } from './read-results.ts'
import { argsIfOk } from './read-verdicts.ts'
import { bringEmails, writeIslands } from './write-rows.ts'

export interface ThreadFetchOptions {
  readonly priority: RequestOptions['priority']
  /** The lane cannot wait for a pull; a later step of prefetch finds what is still missing. */
  readonly isInLane: boolean
}

/** Makes the thread and the rows of its Emails present. */
export async function fetchThread(ctx: AccountContext, threadId: ThreadId, options: ThreadFetchOptions): Promise<void> {
  const known = await ctx.replica.thread(threadId)
  if (known && known.missing.length === 0) return
  const mark = ctx.touches.mark()
  try {
    const members = { '#ids': { resultOf: 't', name: 'Thread/get', path: '/list/*/emailIds' } }
    const response = await ctx.request(
      [
        ctx.call('Thread/get', { ids: [threadId] }, 't'),
        ctx.call('Email/get', { ...members, properties: LIST_PROPERTIES }, 'e'),
      ],
      options.priority,
    )
    const threads = parsedIn(argsOf(response, 't'), toThread)
    // A very long thread exceeds maxObjectsInGet: then its Emails come in chunks.
    const answer = argsIfOk(response, 'e')
    const rows = { emails: parsedIn(answer, toEmail), threads, state: stateIn(answer) }
    const isVouched = await writeIslands(ctx, mark, rows)
    const ids = threads.flatMap((thread) => thread.emailIds)
    if (!options.isInLane) await bringEmails(ctx, ids, isVouched || answer === undefined)
  } finally {
    mark.close()
  }
}

/** Nobody waits for a number: it lets everything else go first. */
export async function fetchTotal(ctx: AccountContext, query: ListQuery): Promise<number | undefined> {
  const { filter, collapseThreads = true } = query
  const response = await ctx.request(
    [ctx.call('Email/query', { filter, collapseThreads, calculateTotal: true, limit: 1 }, 'q')],
    'background',
  )
  return numberIn(argsOf(response, 'q'), 'total')
}
