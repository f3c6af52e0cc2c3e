/** Mailboxes fetched whole. */
import { toMailbox } from '../mail/email-properties.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { readAllMailboxes, type AllMailboxes } from './read-mailboxes.ts'
import { argsOf, demandState, idsIn, parsedIn } from './read-results.ts'

export async function getMailboxes(ctx: AccountContext, ids: readonly MailboxId[]): Promise<Mailbox[]> {
  const found: Mailbox[] = []
  for (let at = 0; at < ids.length; at += ctx.batchSize) {
    const response = await ctx.request([ctx.call('Mailbox/get', { ids: ids.slice(at, at + ctx.batchSize) }, 'm')])
    found.push(...parsedIn(argsOf(response, 'm'), toMailbox))
  }
  return found
}

/** All of them at once, or by id where there are more than `maxObjectsInGet`: then under the state from before. */
export async function getAllMailboxes(ctx: AccountContext): Promise<AllMailboxes> {
  const response = await ctx.request([ctx.call('Mailbox/get', { ids: null }, 'm')])
  const result = response.result('m')
  if (!result.ok && result.type === 'requestTooLarge') return getMailboxesByQuery(ctx)
  return readAllMailboxes(response)
}

async function getMailboxesByQuery(ctx: AccountContext): Promise<AllMailboxes> {
  const response = await ctx.request([ctx.call('Mailbox/get', { ids: [] }, 'm'), ctx.call('Mailbox/query', {}, 'q')])
  const state = demandState(argsOf(response, 'm'), 'Mailbox/get')
  return { state, mailboxes: await getMailboxes(ctx, idsIn<MailboxId>(argsOf(response, 'q'), 'ids')) }
}
