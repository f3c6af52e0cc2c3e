/** What is kept longer than the reader chose goes; what belongs to nothing any more, too. */
import type { EmailId } from '../../jmap/types.ts'
import type { KeepPolicy } from '../../mail/keep-policy.ts'
import { dropFiles } from '../../replica/kept/kept-files.ts'
import { dropBody, untouchable } from '../../replica/kept/make-room.ts'
import { dropOldTombstones } from '../../replica/kept/old-tombstones.ts'
import type { BodyUse } from '../../replica/storage/schema.ts'
import type { StorageTx } from '../../replica/storage/storage.ts'
import type { AccountContext } from '../account-context.ts'
import { keepNow } from './keep-now.ts'
import { keepRoom } from './room.ts'
import { dateOf } from './walk.ts'

const DAY = 86_400_000
/** Where nothing is to be kept: a letter that was left may be wanted again for as long. */
const LINGER_MS = 600_000
/** A file that a reader fetched of a letter that is not known. */
const STRAY_MS = 90 * DAY

export async function tidy(ctx: AccountContext, policy: KeepPolicy): Promise<void> {
  const now = ctx.deps.clock.now()
  const mailNow = await keepNow(ctx)
  await ctx.write({}, async ({ kept }) => {
    await dropLetters(kept, policy, { now, mailNow })
    const uses = new Set(await kept.keys('bodyUses'))
    await dropFiles(kept, ({ emailId, lastUsed }) =>
      emailId === undefined ? now - lastUsed > (policy.days > 0 ? STRAY_MS : LINGER_MS) : !uses.has(emailId),
    )
    await dropOldTombstones(kept, now)
  })
  await keepRoom(ctx)
}

/** Everything that may go goes now: never what the outbox names, never a draft. */
export async function eraseKept(ctx: AccountContext): Promise<void> {
  await ctx.write({}, async ({ kept }) => {
    const stay = await untouchable(kept)
    for (const id of await kept.keys('bodyUses')) if (!stay.has(id)) dropBody(kept, id)
    await dropFiles(kept, ({ emailId }) => emailId === undefined || !stay.has(emailId))
  })
}

/** Opened letters stay, unless nothing is to be kept; what was only fetched ahead goes with its date. */
async function dropLetters(
  tx: StorageTx,
  { days }: KeepPolicy,
  { now, mailNow }: { readonly now: number; readonly mailNow: number },
): Promise<void> {
  if (days === Infinity) return
  const isOver = (use: BodyUse): boolean => (days > 0 ? !use.isOpened : now - use.lastUsed > LINGER_MS)
  const over = new Set((await tx.getAll('bodyUses')).filter(isOver).map((use) => use.id))
  if (over.size === 0) return
  const stay = await untouchable(tx)
  const old: readonly EmailId[] =
    days > 0 ? await tx.keysWithin('emails', 'receivedAt', { upper: dateOf(mailNow - (days + 1) * DAY) }) : [...over]
  for (const id of old) if (over.has(id) && !stay.has(id)) dropBody(tx, id)
}
