/** What is kept longer than the reader chose goes; what belongs to nothing any more, too. */
import type { EmailId } from '../../jmap/types.ts'
import type { KeepPolicy } from '../../mail/keep-policy.ts'
import { dropFiles } from '../../replica/kept/kept-files.ts'
import { dropBody, untouchable } from '../../replica/kept/make-room.ts'
import { dropOldTombstones } from '../../replica/kept/old-tombstones.ts'
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
/** Given up in one transaction. */
const LETTERS_PER_WRITE = 200

/**
 * Looks before it writes: a transaction that writes holds up everybody else's, and nearly always there is nothing to do.
 */
export async function tidy(ctx: AccountContext, policy: KeepPolicy): Promise<void> {
  const now = ctx.deps.clock.now()
  const mailNow = await keepNow(ctx)
  const over = await ctx.replica.read(['emails', 'bodyUses'], (tx) => overdue(tx, policy, { now, mailNow }))
  for (let at = 0; at < over.length; at += LETTERS_PER_WRITE) {
    const some = over.slice(at, at + LETTERS_PER_WRITE)
    await ctx.write({}, async ({ kept }) => {
      const stay = await untouchable(kept, some)
      for (const id of some) if (!stay.has(id)) dropBody(kept, id)
    })
  }
  const hasOthers = await ctx.replica.read(['fileUses', 'tombstones'], async (tx) => {
    const [files, dead] = await Promise.all([tx.count('fileUses'), tx.count('tombstones')])
    return files + dead > 0
  })
  if (hasOthers) {
    await ctx.write({}, async ({ kept }) => {
      const uses = new Set(await kept.keys('bodyUses'))
      await dropFiles(kept, ({ emailId, lastUsed }) =>
        emailId === undefined ? now - lastUsed > (policy.days > 0 ? STRAY_MS : LINGER_MS) : !uses.has(emailId),
      )
      await dropOldTombstones(kept, now)
    })
  }
  await keepRoom(ctx)
}

/** Everything that may go goes now: never what the outbox names, never a draft. */
export async function eraseKept(ctx: AccountContext): Promise<void> {
  await ctx.write({}, async ({ kept }) => {
    const ids = await kept.keys('bodyUses')
    const stay = await untouchable(kept, ids)
    for (const id of ids) if (!stay.has(id)) dropBody(kept, id)
    await dropFiles(kept, ({ emailId }) => emailId === undefined || !stay.has(emailId))
  })
}

/** Opened letters stay, unless nothing is to be kept; what was only fetched ahead goes with its date. */
async function overdue(
  tx: StorageTx,
  { days }: KeepPolicy,
  { now, mailNow }: { readonly now: number; readonly mailNow: number },
): Promise<readonly EmailId[]> {
  if (days === Infinity) return []
  if (days === 0)
    return (await tx.getAll('bodyUses')).filter((use) => now - use.lastUsed > LINGER_MS).map(({ id }) => id)
  const old = await tx.keysWithin('emails', 'receivedAt', { upper: dateOf(mailNow - (days + 1) * DAY) })
  const uses = await Promise.all(old.map((id) => tx.get('bodyUses', id)))
  return uses.flatMap((use) => (use && !use.isOpened ? [use.id] : []))
}
