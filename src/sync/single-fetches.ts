/** A thread, or one Email by its id: for a conversation that is opened, and for a link opened cold. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { RequestOptions } from '../jmap/client.ts'
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { getEmails } from './fetch-rows.ts'
import { argsOf, parsedIn } from './read-results.ts'
import { writeIslands } from './write-rows.ts'

/** Makes the thread and the rows of its Emails present. */
export async function fetchThread(
  ctx: AccountContext,
  threadId: ThreadId,
  priority: RequestOptions['priority'],
): Promise<void> {
  const known = await ctx.replica.thread(threadId)
  if (known && known.missing.length === 0) return
  const mark = ctx.touches.mark()
  try {
    const response = await ctx.request(
      [
        ctx.call('Thread/get', { ids: [threadId] }, 't'),
        ctx.call(
          'Email/get',
          { '#ids': { resultOf: 't', name: 'Thread/get', path: '/list/*/emailIds' }, properties: LIST_PROPERTIES },
          'e',
        ),
      ],
      priority,
    )
    const threads = parsedIn(argsOf(response, 't'), toThread)
    const ids = threads.flatMap((thread) => thread.emailIds)
    // A very long thread exceeds maxObjectsInGet: then by chunks.
    const result = response.result('e')
    const emails = result.ok ? parsedIn(result.args, toEmail) : await getEmails(ctx, ids, priority)
    await writeIslands(ctx, mark, { emails, threads })
  } finally {
    mark.close()
  }
}

/** The Email's living id and its thread; null if the server does not have it. */
export async function fetchEmail(
  ctx: AccountContext,
  emailId: EmailId,
): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
  const [known] = await ctx.replica.emails([emailId])
  if (known) {
    await fetchThread(ctx, known.threadId, 'visible')
    return { emailId, threadId: known.threadId }
  }
  const mark = ctx.touches.mark()
  try {
    const [email] = await getEmails(ctx, [emailId], 'visible')
    if (!email) return null
    await writeIslands(ctx, mark, { emails: [email], threads: [] })
    await fetchThread(ctx, email.threadId, 'visible')
    // A tombstone refused the row: the id died in a merge, and Stalwart still answers for it (M17, B6.5a).
    const [row] = await ctx.replica.emails([emailId])
    const alive = row ?? (await livingTwin(ctx, email.blobId))
    return alive ? { emailId: alive.id, threadId: alive.threadId } : null
  } finally {
    mark.close()
  }
}

async function livingTwin(
  ctx: AccountContext,
  blobId: string,
): Promise<{ id: EmailId; threadId: ThreadId } | undefined> {
  return ctx.write({}, async (tx) => {
    const [id] = await tx.emailIdsByBlobId(blobId)
    return id === undefined ? undefined : tx.email(id)
  })
}
