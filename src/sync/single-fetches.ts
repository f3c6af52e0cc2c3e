/** One thing by its id: a thread, for a conversation that is opened, or an Email, for a link opened cold; a list's length. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { RequestOptions } from '../jmap/client.ts'
import type { Email, EmailId, ThreadId } from '../jmap/types.ts'
import type { ListQuery } from '../mail/list.ts'
import type { AccountContext } from './account-context.ts'
import { argsIfOk, argsOf, numberIn, parsedIn, stateIn } from './read-results.ts'
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

/** The Email's living id and its thread; null if the server does not have it. */
export async function fetchEmail(
  ctx: AccountContext,
  emailId: EmailId,
): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
  const options = { priority: 'visible', isInLane: false } as const
  const [known] = await ctx.replica.emails([emailId])
  if (known) {
    await fetchThread(ctx, known.threadId, options)
    return { emailId, threadId: known.threadId }
  }
  const threadOf = { '#ids': { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' } }
  const response = await ctx.request(
    [
      ctx.call('Email/get', { ids: [emailId], properties: LIST_PROPERTIES }, 'e'),
      ctx.call('Thread/get', threadOf, 't'),
    ],
    options.priority,
  )
  const [email] = parsedIn(argsOf(response, 'e'), toEmail)
  if (!email) return null
  // Stalwart answers for an id that died in a merge, with the thread that died with it (M17): a living message is in
  // its thread. The dead one may live here under another id (B6.5a).
  const isAlive = parsedIn(argsOf(response, 't'), toThread).some((thread) => thread.emailIds.includes(emailId))
  if (!isAlive) return livingTwin(ctx, email)
  await fetchThread(ctx, email.threadId, options)
  return { emailId, threadId: email.threadId }
}

async function livingTwin(ctx: AccountContext, dead: Email): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
  const twin = await ctx.write({}, async (tx) => {
    const ids = await tx.emailIdsByBlobId(dead.blobId)
    return (await tx.emails(ids)).find((email) => email && email.id !== dead.id)
  })
  return twin ? { emailId: twin.id, threadId: twin.threadId } : null
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
