/** One Email by its id, for a link opened cold. Most days there is none: its code comes with the first. */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { Email, EmailId, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { argsOf, parsedIn } from './read-results.ts'

/** The Email's living id and its thread; null if the server does not have it. */
export async function fetchEmail(
  ctx: AccountContext,
  emailId: EmailId,
): Promise<{ emailId: EmailId; threadId: ThreadId } | null> {
  const options = { priority: 'visible', isInLane: false } as const
  const [known] = await ctx.replica.emails([emailId])
  if (known) {
    const { fetchThread } = await ctx.afterRows()
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
  const { fetchThread } = await ctx.afterRows()
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
