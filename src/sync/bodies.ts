/** Bodies of Emails: on demand, and ahead of time for what is in view. They never change, so no pull can contradict them. */
import { BODY_PART_PROPERTIES, BODY_PROPERTIES, CONTENT_TYPE, toEmailBody } from '../mail/body-properties.ts'
import type { JmapResponse, RequestOptions } from '../jmap/client.ts'
import type { EmailId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { argsOf, idsIn, parsedIn } from './read-results.ts'

/** More in one request would keep a click waiting behind it on a slow line. */
export const BODIES_PER_REQUEST = 15

/** A longer text is cut by the server and shown with a way to the whole; 1 MB of HTML already takes a phone seconds. */
const MAX_BODY_VALUE_BYTES = 1_000_000

/** Fetches what is not here yet. Answers the ids the server does not have any more. */
export async function fetchBodies(
  ctx: AccountContext,
  ids: readonly EmailId[],
  priority: RequestOptions['priority'],
): Promise<readonly EmailId[]> {
  const present = await (priority === 'visible' ? wholeBodies(ctx, ids) : ctx.replica.bodiesPresent(ids))
  const wanted = [...new Set(ids)].filter((id) => !present.has(id))
  const gone: EmailId[] = []
  const size = Math.min(BODIES_PER_REQUEST, ctx.batchSize)
  for (let at = 0; at < wanted.length; at += size) {
    gone.push(...(await fetchBatch(ctx, wanted.slice(at, at + size), priority)))
  }
  return gone
}

/** What an earlier build kept has no trace: it is fetched anew when somebody looks at it, not before. */
async function wholeBodies({ replica }: AccountContext, ids: readonly EmailId[]): Promise<ReadonlySet<EmailId>> {
  const bodies = await Promise.all(ids.map((id) => replica.body(id)))
  return new Set(ids.filter((_, index) => bodies[index]?.trace))
}

async function fetchBatch(
  ctx: AccountContext,
  ids: readonly EmailId[],
  priority: RequestOptions['priority'],
): Promise<readonly EmailId[]> {
  const answer = argsOf(await ask(ctx, ids, priority), 'b')
  const bodies = parsedIn(answer, toEmailBody)
  await ctx.write({}, async (tx) => {
    // A body without its row would be kept for ever: the row may have been destroyed while this was under way.
    const rows = await tx.emails(bodies.map((body) => body.id))
    const kept = bodies.filter((_, index) => rows[index] !== undefined)
    if (kept.length > 0) await tx.putBodies(kept)
  })
  const answered = new Set(bodies.map((body) => body.id))
  return [...new Set([...idsIn<EmailId>(answer, 'notFound'), ...ids.filter((id) => !answered.has(id))])]
}

async function ask(
  ctx: AccountContext,
  ids: readonly EmailId[],
  priority: RequestOptions['priority'],
): Promise<JmapResponse> {
  const args = {
    ids,
    properties: BODY_PROPERTIES,
    bodyProperties: ctx.asksContentType ? [...BODY_PART_PROPERTIES, CONTENT_TYPE] : BODY_PART_PROPERTIES,
    fetchTextBodyValues: true,
    fetchHTMLBodyValues: true,
    maxBodyValueBytes: MAX_BODY_VALUE_BYTES,
  }
  const response = await ctx.request([ctx.call('Email/get', args, 'b')], priority)
  const result = response.result('b')
  if (result.ok || result.type !== 'invalidArguments' || !ctx.asksContentType) return response
  ctx.asksContentType = false
  return ask(ctx, ids, priority)
}
