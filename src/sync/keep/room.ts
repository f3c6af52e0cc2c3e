/** Whether there is room to keep more, and what goes when there is not. */
import { giveUp } from '../../replica/kept/make-room.ts'
import type { AccountContext } from '../account-context.ts'

/** Of what the browser grants: above it nothing more is fetched ahead, and what is here shrinks below. */
const NEAR = 0.9
const ENOUGH = 0.85
/** After room had to be made: no longer does it pay to fetch what went. */
const FULL_MS = 86_400_000

/** False also for a day after the disk was full: else the same mail would come and go in a circle. */
export async function hasRoom(ctx: AccountContext): Promise<boolean> {
  const fullAt = await ctx.replica.read(['meta'], (tx) => tx.get('meta', 'fullAt'))
  const since = ctx.deps.clock.now() - (fullAt?.value ?? -Infinity)
  if (since >= 0 && since < FULL_MS) return false
  const { usage = 0, quota = Infinity } = await ctx.deps.device.room()
  return usage < quota * NEAR
}

/** Gives up what is over the browser's grant. */
export async function keepRoom(ctx: AccountContext): Promise<void> {
  const { usage = 0, quota = Infinity } = await ctx.deps.device.room()
  if (usage < quota * NEAR) return
  await ctx.write({}, (tx) => giveUp(tx.kept, ctx.deps.clock.now(), usage - quota * ENOUGH))
}
