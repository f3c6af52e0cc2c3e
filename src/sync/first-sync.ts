/** From nothing to rows in one request; a second one only if the Inbox is thin among the newest mail (L2). */
import { LIST_PROPERTIES, toEmail, toThread } from '../mail/email-properties.ts'
import type { JmapResponse } from '../jmap/client.ts'
import { loadCode } from '../jmap/load-code.ts'
import type { SessionLimits } from '../jmap/session.ts'
import type { AccountId, Email, Invocation, State, Thread } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { batchSize } from './batch-size.ts'
import { readAllMailboxes, type AllMailboxes } from './read-mailboxes.ts'
import { argsOf, demandState, idsIn, isLastPage, parsedIn, stateIn } from './read-results.ts'

const FIRST_PAGE = 100

type MakeCall = AccountContext['call']

/** Rows of a tall screen: with fewer the first sight of the Inbox would have a hole at its end. */
const SCREEN = 20

/** How often the first page is asked for again because the account changed inside the request. */
const ATTEMPTS = 3

/**
 * The first request of an account, the same for whoever sends it: right after a sign-in it leaves before the engine is
 * there. States first: an Email/query answer carries none, and a token claims only what was asked after it.
 */
export function firstCalls(accountId: AccountId, limit: number): readonly Invocation[] {
  const call: MakeCall = (name, args, callId) => [name, { accountId, ...args }, callId]
  return [
    call('Mailbox/get', { ids: null }, 'm'),
    call('Email/get', { ids: [] }, 'es'),
    call('Thread/get', { ids: [] }, 'ts'),
    ...pageCalls({ call }, { limit }),
  ]
}

export function firstPageLimit(limits: SessionLimits): number {
  return Math.min(FIRST_PAGE, batchSize(limits.maxObjectsInGet))
}

export async function firstSync(ctx: AccountContext, attempt = 1): Promise<void> {
  const limit = firstPageLimit(ctx.deps.client.session.limits)
  const response = await ctx.request(firstCalls(ctx.deps.accountId, limit), 'visible')
  const states = {
    Email: demandState(argsOf(response, 'es'), 'Email/get'),
    Thread: demandState(argsOf(response, 'ts'), 'Thread/get'),
  }
  // More mailboxes than one get may answer: then by their ids.
  const { state, mailboxes } = response.result('m').ok ? readAllMailboxes(response) : await getMany(ctx)
  let page = readPage(response, limit)
  if (page.state !== states.Email) {
    if (attempt < ATTEMPTS) return firstSync(ctx, attempt + 1)
    const { withoutYoung } = await loadCode(() => import('./restless-page.ts'))
    page = await withoutYoung(ctx, states.Email, page)
  }
  ctx.touches.touchAll()
  await ctx.write({ Mailbox: undefined, Email: undefined, Thread: undefined }, async (tx) => {
    await tx.putMailboxes(mailboxes)
    await tx.putEmails(page.emails)
    await tx.putThreads(page.threads)
    await tx.setHorizon({ scope: '*', after: page.after })
    tx.setState('Mailbox', state)
    tx.setState('Email', states.Email)
    tx.setState('Thread', states.Thread)
    tx.setSyncedAt(ctx.deps.clock.now())
  })
}

async function getMany(ctx: AccountContext): Promise<AllMailboxes> {
  const { getAllMailboxes } = await loadCode(() => import('./get-mailboxes.ts'))
  return getAllMailboxes(ctx)
}

/**
 * Asks the Inbox alone when too little of it is here, and gives it its own horizon. False: the account has changed since
 * our token, so a pull must come first. Runs in the lane.
 */
export async function fillInbox(ctx: AccountContext): Promise<boolean> {
  const inbox = (await ctx.replica.mailboxes()).find((mailbox) => mailbox.role === 'inbox')
  if (!inbox || (await ctx.replica.horizon(inbox.id))) return true
  const list = await ctx.replica.listWindow({ mailboxId: inbox.id }, 0, SCREEN)
  if (list.isComplete || list.covered >= SCREEN || list.covered >= inbox.totalThreads) return true
  const token = await ctx.replica.state('Email')
  const limit = Math.min(FIRST_PAGE, ctx.batchSize)
  const response = await ctx.request(pageCalls(ctx, { limit, filter: { inMailbox: inbox.id } }), 'visible')
  const page = readPage(response, limit)
  if (!ctx.vouching.isVouched(token, page.state)) return false
  // The token is not younger than this page, so that the next pull names whatever the page may have missed.
  await ctx.write({ Email: token }, async (tx) => {
    await tx.putEmails(page.emails)
    await tx.putThreads(page.threads)
    await tx.setHorizon({ scope: inbox.id, after: page.after })
  })
  return true
}

/** As RFC 8621 §4.4.2 names the sort. */
export const NEWEST_FIRST = [{ property: 'receivedAt', isAscending: false }] as const

export interface PageRequest {
  readonly limit: number
  readonly filter?: Record<string, unknown>
  readonly position?: number
}

/** One page of Emails, newest first, with their rows and threads. */
export function pageCalls(ctx: { readonly call: MakeCall }, page: PageRequest): Invocation[] {
  return [
    ctx.call('Email/query', { sort: NEWEST_FIRST, ...page }, 'q'),
    ctx.call(
      'Email/get',
      { '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties: LIST_PROPERTIES },
      'e',
    ),
    ctx.call('Thread/get', { '#ids': { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' } }, 't'),
  ]
}

export interface Page {
  readonly count: number
  readonly emails: readonly Email[]
  readonly threads: readonly Thread[]
  /** What the page covers down to, strictly; null when it reached the end. */
  readonly after: string | null
  readonly isLast: boolean
  /** The Email/get answer's. */
  readonly state: State | undefined
}

export function readPage(response: JmapResponse, limit: number): Page {
  const query = argsOf(response, 'q')
  const ids = idsIn(query, 'ids')
  const got = argsOf(response, 'e')
  const emails = parsedIn(got, toEmail)
  const isLast = isLastPage(query, limit)
  return {
    count: ids.length,
    emails,
    threads: parsedIn(argsOf(response, 't'), toThread),
    after: isLast ? null : dateOfLast(ids, emails),
    isLast,
    state: stateIn(got),
  }
}

/**
 * The date of the last row in the server's order, not the lowest date: a message that the server put in a wrong place
 * a moment after it was created must not lower the horizon. A full page without a readable row covers nothing.
 */
function dateOfLast(ids: readonly string[], emails: readonly Email[]): string {
  const dates = new Map<string, string>(emails.map((email) => [email.id, email.receivedAt]))
  return dates.get(ids.findLast((id) => dates.has(id)) ?? '') ?? '9999-12-31T23:59:59Z'
}
