/** Rows that are no longer to be kept go from this device. */
import type { EmailId } from '../../jmap/types.ts'
import { forgetEmails } from '../../replica/kept/forget-emails.ts'
import { untouchable } from '../../replica/kept/make-room.ts'
import type { Horizon } from '../../replica/replica.ts'
import type { AccountContext, KeepLimits } from '../account-context.ts'
import { keepNow } from './keep-now.ts'
import { dateOf, Walk } from './walk.ts'

const DAY = 86_400_000
/** Rows forgotten in one transaction. */
const FORGET = 200

/**
 * Forgets what is older than the limits, but what `isSpared`, drafts, and what the outbox names. First the horizon rises:
 * from then on nothing is claimed of what goes, and a stop in between leaves only rows that are known. Runs in the lane.
 * Answers how many rows went.
 */
export async function trim(
  ctx: AccountContext,
  limits: KeepLimits,
  isSpared: (use: { readonly isOpened?: boolean }) => boolean,
): Promise<number> {
  const edge = await edgeOf(ctx, limits)
  if (edge === undefined) return 0
  await raiseHorizons(ctx, edge)
  const ids = await ctx.replica.read(['emails', 'bodyUses'], async (tx) => {
    const spared = new Set((await tx.getAll('bodyUses')).filter(isSpared).map((use) => use.id))
    const old = await tx.keysWithin('emails', 'receivedAt', { upper: edge })
    return old.filter((id) => !spared.has(id))
  })
  let gone = 0
  for (let at = 0; at < ids.length; at += FORGET) gone += await forget(ctx, ids.slice(at, at + FORGET))
  return gone
}

async function raiseHorizons(ctx: AccountContext, edge: string): Promise<void> {
  await ctx.write({}, async (tx) => {
    const isBelow = ({ after }: Horizon): boolean => after === null || after < edge
    const below = (await tx.kept.getAll('horizons')).filter(isBelow)
    for (const { scope } of below) if (scope !== '*') tx.kept.delete('horizons', scope)
    // It also tells every list.
    if (below.some(({ scope }) => scope === '*')) await tx.setHorizon({ scope: '*', after: edge })
  })
}

async function forget(ctx: AccountContext, ids: readonly EmailId[]): Promise<number> {
  const { going, notice } = await ctx.write({}, async (tx) => {
    const stay = await untouchable(tx.kept, ids)
    const going = ids.filter((id) => !stay.has(id))
    return { going, notice: await forgetEmails(tx.kept, going) }
  })
  ctx.replica.announce(notice)
  return going.length
}

/** Above this date rows stay: undefined where all do. */
async function edgeOf(ctx: AccountContext, { days, atLeast }: KeepLimits): Promise<string | undefined> {
  if (days === Infinity) return undefined
  const now = await keepNow(ctx)
  const walk = new Walk(ctx.replica, now, Infinity)
  let left = atLeast
  for (let ids = await walk.next(); ids; ids = await walk.next()) {
    if (ids.length <= left) {
      left -= ids.length
      continue
    }
    const [last] = await ctx.replica.emails(ids.slice(left, left + 1))
    const limit = dateOf(now - days * DAY)
    return last && last.receivedAt < limit ? last.receivedAt : limit
  }
  return undefined
}
