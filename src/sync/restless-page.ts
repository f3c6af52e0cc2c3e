/**
 * The first page of an account that changes faster than it is asked for. A message that was created after our token and
 * destroyed before the first pull is in no list of changes, and its row would stay for ever (vouching.ts).
 */
import type { State } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { getThreads } from './fetch-rows.ts'
import type { Page } from './first-sync.ts'
import { argsOf, demandState, idsIn } from './read-results.ts'

/**
 * Without the rows whose end the first pull might not name. What lives after its changes were asked for, and was not
 * created since `noted`, was there at `noted`. The pull brings all others, if they are alive.
 */
export async function withoutYoung(ctx: AccountContext, noted: State, page: Page): Promise<Page> {
  const created = await createdSince(ctx, noted)
  const threads = await getThreads(ctx, [...new Set(page.emails.map((email) => email.threadId))])
  // A living message is in its thread: Stalwart answers for ids that a merge killed (M17).
  const living = new Set(threads.flatMap((thread) => thread.emailIds))
  const emails = page.emails.filter(({ id }) => living.has(id) && !created.has(id))
  const held = new Set(emails.map((email) => email.threadId))
  return { ...page, emails, threads: threads.filter((thread) => held.has(thread.id)) }
}

async function createdSince(ctx: AccountContext, noted: State): Promise<ReadonlySet<string>> {
  const created = new Set<string>()
  for (let since = noted; ;) {
    const changes = argsOf(await ctx.request([ctx.call('Email/changes', { sinceState: since }, 'c')], 'visible'), 'c')
    for (const id of idsIn(changes, 'created')) created.add(id)
    const next = demandState({ state: changes['newState'] }, 'Email/changes')
    if (changes['hasMoreChanges'] !== true || next === since) return created
    since = next
  }
}
