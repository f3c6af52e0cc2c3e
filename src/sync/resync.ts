/**
 * R3: the server no longer knows our token. Nothing on screen is taken away: rows are mended page by page, what was
 * not seen is deleted last, and the state noted before the first page becomes the token, to be pulled from.
 */
import type { JmapResponse } from '../jmap/client.ts'
import { toThread } from '../mail/email-properties.ts'
import type { Email, EmailId, Invocation, State, Thread, ThreadId } from '../jmap/types.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import { adoptFound } from './adopt-mailboxes.ts'
import { readCoverage } from './coverage.ts'
import { NEWEST_FIRST } from './first-sync.ts'
import { MUTABLE_PROPERTIES, type PulledType } from './delta-calls.ts'
import { REASK_MS } from './engine-timers.ts'
import { getEmails, getMutable, getThreads, knownRows } from './fetch-rows.ts'
import { getAllMailboxes } from './get-mailboxes.ts'
import { toMutableEmail, type MutableEmail } from './mutable-email.ts'
import { nameFound } from './name-found.ts'
import { PageCursor } from './page-cursor.ts'
import { MethodFailure } from './sync-errors.ts'
import { argsOf, demandState, idsIn, isLastPage, parsedIn, stateIn } from './read-results.ts'

/** Runs in the lane. Afterwards the caller pulls. */
export async function resync(ctx: AccountContext, types: readonly PulledType[]): Promise<void> {
  if (types.includes('Mailbox')) await resyncMailboxes(ctx)
  if (types.includes('Email')) await resyncEmails(ctx)
  else if (types.includes('Thread')) await resyncThreads(ctx)
}

async function resyncMailboxes(ctx: AccountContext): Promise<void> {
  const token = await ctx.replica.state('Mailbox')
  const { state, mailboxes } = await getAllMailboxes(ctx)
  const alive = new Set(mailboxes.map((mailbox) => mailbox.id))
  await ctx.write({ Mailbox: token }, async (tx) => {
    const dead = (await tx.mailboxes()).filter((mailbox) => !alive.has(mailbox.id))
    await tx.putMailboxes(mailboxes)
    if (dead.length > 0) await tx.destroyMailboxes(dead.map((mailbox) => mailbox.id))
    await adoptFound(tx)
    await nameFound(tx)
    tx.setState('Mailbox', state)
  })
}

async function resyncThreads(ctx: AccountContext): Promise<void> {
  const token = await ctx.replica.state('Thread')
  const noted = demandState(argsOf(await ctx.request([ctx.call('Thread/get', { ids: [] }, 't')]), 't'), 'Thread/get')
  const known = await ctx.write({}, async (tx) => threadIdsOf(tx, await tx.allEmailIds()))
  const threads = await getThreads(ctx, known)
  const alive = new Set(threads.map((thread) => thread.id))
  await ctx.write({ Thread: token }, async (tx) => {
    await tx.putThreads(threads)
    await tx.destroyThreads(known.filter((id) => !alive.has(id)))
    tx.setState('Thread', noted)
  })
}

async function threadIdsOf(tx: WriteTx, ids: readonly EmailId[]): Promise<ThreadId[]> {
  return [...new Set((await tx.emails(ids)).flatMap((email) => email?.threadId ?? []))]
}

async function resyncEmails(ctx: AccountContext): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if (await sweepEmails(ctx)) return
  throw new MethodFailure('Email/changes', 'restless')
}

/** False: nothing is taken away, and it has to be swept from a newer state. */
async function sweepEmails(ctx: AccountContext): Promise<boolean> {
  const tokens = await ctx.tokens()
  const noted = await noteStates(ctx)
  // What left before the noted state may be older than it, and no later pull would say so.
  ctx.touches.touchAll()
  // What was created just before the noted state is in no list of changes, so the index must know it by now (L2).
  await ctx.sleep(REASK_MS)
  const rowsBefore = await ctx.write({}, async (tx) => tx.emails(await tx.allEmailIds()))
  const known = new Set(rowsBefore.flatMap((row) => row?.id ?? []))
  // A merge gave a known message another id (B6.5a): it is kept, wherever it stands.
  const knownBlobs = new Set(rowsBefore.flatMap((row) => row?.blobId ?? []))
  const mailboxIds = (await ctx.replica.mailboxes()).map((mailbox) => mailbox.id)
  const coverage = await readCoverage(ctx.replica, mailboxIds)
  const cursor = new PageCursor()
  const unseen = new Set(known)
  const twins: Twins = { emails: [], threads: [] }
  for (;;) {
    const limit = ctx.batchSize
    const { response, young } = await sweepPage(ctx, noted.email, { limit, ...cursor.args })
    const query = argsOf(response, 'q')
    const rows = parsedIn(argsOf(response, 'e'), toMutableEmail)
    const isEntering = (row: MutableEmail): boolean =>
      !known.has(row.id) && !young.has(row.id) && (coverage.holds(row) || knownBlobs.has(row.blobId))
    const entering = rows.filter(isEntering).map((row) => row.id)
    const entered = await getEmails(ctx, entering)
    const threads = parsedIn(argsOf(response, 't'), toThread)
    const later = entered.filter((email) => knownBlobs.has(email.blobId)).slice(0, MOST_TWINS - twins.emails.length)
    const now = entered.filter((email) => !later.includes(email))
    twins.emails.push(...later)
    twins.threads.push(...threads.filter((thread) => later.some((email) => email.threadId === thread.id)))
    await ctx.write({ Email: tokens.Email }, async (tx) => {
      if (now.length > 0) {
        await tx.reviveEmails(now.map((email) => email.id))
        await tx.putEmails(now)
      }
      await patchAll(tx, rows)
      const held = new Set([
        ...now.map((email) => email.threadId),
        ...rows.filter((row) => known.has(row.id)).map((row) => row.threadId),
      ])
      await tx.putThreads(threads.filter((thread) => held.has(thread.id)))
    })
    const ids = idsIn<EmailId>(query, 'ids')
    for (const id of ids) unseen.delete(id)
    const last = rows.find((row) => row.id === ids.findLast((id) => rows.some((r) => r.id === id)))
    if (isLastPage(query, limit) || !last) break
    if (unseen.size === 0 && Date.parse(last.receivedAt) < coverage.lowest) break
    cursor.advance(last.receivedAt, ids.length)
  }
  return finish(ctx, { tokens, noted, unseen: [...unseen], twins })
}

/**
 * Known messages under other ids come with the end of the old ones, which gives them what waits in the outbox: until then
 * they would stand beside those, and without it. More than so many are no merge.
 */
interface Twins {
  readonly emails: Email[]
  readonly threads: Thread[]
}
const MOST_TWINS = 1_000

/** The states first (L2), and with them what is on screen, so that it is right before the sweep is. */
async function noteStates(ctx: AccountContext): Promise<{ email: State; thread: State }> {
  const ids = ctx.attention.emailIds.slice(0, ctx.batchSize)
  const response = await ctx.request([
    ctx.call('Email/get', { ids: [] }, 'es'),
    ctx.call('Thread/get', { ids: [] }, 'ts'),
    ctx.call('Email/get', { ids, properties: MUTABLE_PROPERTIES }, 'v'),
  ])
  const email = demandState(argsOf(response, 'es'), 'Email/get')
  const thread = demandState(argsOf(response, 'ts'), 'Thread/get')
  const visible = parsedIn(argsOf(response, 'v'), toMutableEmail)
  await ctx.write({}, (tx) => patchAll(tx, visible))
  return { email, thread }
}

/**
 * One page, with what was created since the noted state. Those are left to the pull: one of them that is destroyed
 * before it would be in no list of changes, and its row would stay for ever (vouching.ts).
 */
async function sweepPage(
  ctx: AccountContext,
  noted: State,
  page: Record<string, unknown>,
): Promise<{ response: JmapResponse; young: ReadonlySet<string> }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const response = await ctx.request([
      ctx.call('Email/changes', { sinceState: noted }, 'c'),
      ...sweepCalls(ctx, page),
    ])
    const changes = argsOf(response, 'c')
    const isWhole = changes['hasMoreChanges'] !== true
    if (isWhole && stateIn(changes, 'newState') === stateIn(argsOf(response, 'e'))) {
      return { response, young: new Set(idsIn(changes, 'created')) }
    }
  }
  throw new MethodFailure('Email/changes', 'restless')
}

/** How often a page, or all of them, are asked for again because the account changed meanwhile. */
const ATTEMPTS = 5

function sweepCalls(ctx: AccountContext, page: Record<string, unknown>): Invocation[] {
  return [
    ctx.call('Email/query', { sort: NEWEST_FIRST, ...page }, 'q'),
    ctx.call(
      'Email/get',
      { '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties: MUTABLE_PROPERTIES },
      'e',
    ),
    ctx.call('Thread/get', { '#ids': { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' } }, 't'),
  ]
}

async function patchAll(tx: WriteTx, rows: readonly MutableEmail[]): Promise<void> {
  for (const { id, keywords, mailboxIds, threadId } of rows) await tx.patchEmail(id, { keywords, mailboxIds, threadId })
}

/**
 * Unseen means dead, but for two liars: an index that is late does not list what lives, and Stalwart answers for ids
 * that a merge killed (M17). A living message is in its thread; a dead one's thread is gone.
 */
async function finish(
  ctx: AccountContext,
  sweep: {
    tokens: Awaited<ReturnType<AccountContext['tokens']>>
    noted: { email: State; thread: State }
    unseen: readonly EmailId[]
    twins: Twins
  },
): Promise<boolean> {
  const answered = await getMutable(ctx, sweep.unseen)
  const threads = await getThreads(ctx, [...new Set(answered.map((row) => row.threadId))])
  const living = new Set(threads.flatMap((thread) => thread.emailIds))
  const alive = answered.filter((row) => living.has(row.id))
  const aliveIds = new Set(alive.map((row) => row.id))
  // What died after the noted state is left to the pull, which then sees both ends of a merge.
  const since = await ctx.request([ctx.call('Email/changes', { sinceState: sweep.noted.email }, 'c')])
  const dying = new Set(idsIn(argsOf(since, 'c'), 'destroyed'))
  const dead = sweep.unseen.filter((id) => !aliveIds.has(id) && !dying.has(id))
  const created = idsIn<EmailId>(argsOf(since, 'c'), 'created')
  if (await isMergedAgain(ctx, { dead, created, twins: sweep.twins })) return false
  await ctx.write({ Email: sweep.tokens.Email, Thread: sweep.tokens.Thread }, async (tx) => {
    await patchAll(tx, alive)
    await tx.reviveEmails(sweep.twins.emails.map((email) => email.id))
    await tx.putEmails(sweep.twins.emails)
    await tx.putThreads(sweep.twins.threads)
    for (const row of await tx.emails(dead)) {
      if (!row) continue
      const twin = (await tx.emailIdsByBlobId(row.blobId)).find((id) => id !== row.id && !dead.includes(id))
      if (twin !== undefined) await tx.rekeyEmail(row.id, twin)
    }
    const gone = new Set(await threadIdsOf(tx, dead))
    if (dead.length > 0) await tx.destroyEmails(dead)
    await tx.putThreads(threads.filter((thread) => thread.emailIds.some((id) => aliveIds.has(id))))
    const empty = []
    for (const id of gone) if ((await tx.emailIdsOfThread(id)).length === 0) empty.push(id)
    await tx.destroyThreads(empty)
    tx.setState('Email', sweep.noted.email)
    tx.setState('Thread', sweep.noted.thread)
  })
  return true
}

/**
 * One merge before the noted state and another after it: of the id in between nobody here has heard, so neither this
 * sweep nor the pull after it could tell that the dead one and the young one are the same.
 */
async function isMergedAgain(
  ctx: AccountContext,
  { dead, created, twins }: { dead: readonly EmailId[]; created: readonly EmailId[]; twins: Twins },
): Promise<boolean> {
  if (dead.length === 0 || created.length === 0) return false
  const found = new Set(twins.emails.map((email) => email.blobId))
  const lost = new Set((await knownRows(ctx, dead)).flatMap((row) => row?.blobId ?? []).filter((id) => !found.has(id)))
  return lost.size > 0 && (await getMutable(ctx, created)).some(({ blobId }) => lost.has(blobId))
}
