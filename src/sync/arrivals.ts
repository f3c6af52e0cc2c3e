/**
 * That mail came which nobody has looked at for muted conversations: noted in the transaction of its rows, and forgotten
 * once what follows is in the outbox. A tab that is closed in between leaves it to the next leader.
 */
import type { Replica, WriteTx } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'

/** Another number with each pull that brings mail, so that no look forgets what came during it. */
export async function noteArrivals({ kept }: WriteTx): Promise<void> {
  const before = await kept.get('meta', 'arrivals')
  kept.put('meta', { name: 'arrivals', value: (before?.value ?? 0) + 1 })
}

/** Undefined: nothing came. */
export async function arrivalsIn(replica: Replica): Promise<number | undefined> {
  return (await replica.read(['meta'], (tx) => tx.get('meta', 'arrivals')))?.value
}

/** `seen`: as they were before the look. */
export async function forgetArrivals(ctx: AccountContext, seen: number): Promise<void> {
  await ctx.write({}, async ({ kept }) => {
    if ((await kept.get('meta', 'arrivals'))?.value === seen) kept.delete('meta', 'arrivals')
  })
}
