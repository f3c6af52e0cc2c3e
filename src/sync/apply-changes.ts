/** The pull's one transaction: rows, tombstones, aliases, the outbox's settled rows, and the tokens with them (law 3). */
import type { EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import type { WriteTx } from '../replica/replica.ts'
import type { AccountContext, Tokens } from './account-context.ts'
import type { CompletedChanges } from './complete-changes.ts'

export interface AppliedChanges {
  readonly hasCreated: boolean
  readonly hasChanged: boolean
  readonly skipped: readonly EmailId[]
  readonly staleLists: readonly MailboxId[]
}

/** `finish` writes what belongs to any pull, at the end of the same transaction. */
export async function applyChanges(
  ctx: AccountContext,
  changes: CompletedChanges,
  finish: (tx: WriteTx) => Promise<void>,
): Promise<AppliedChanges> {
  const guard: Tokens = Object.fromEntries(changes.types.map((type) => [type.type, type.from]))
  await ctx.write(guard, async (tx) => {
    await writeMailboxes(tx, changes.mailboxes)
    await writeEmails(tx, changes.emails)
    await writeThreads(tx, changes.threads)
    await finish(tx)
  })
  if (changes.emails.staleLists.length > 0) ctx.replica.announce({ lists: changes.emails.staleLists })
  return {
    hasCreated: changes.emails.created.length > 0,
    hasChanged: changes.types.some((type) => type.size > 0),
    skipped: changes.emails.skipped,
    staleLists: changes.emails.staleLists,
  }
}

async function writeMailboxes(tx: WriteTx, mailboxes: CompletedChanges['mailboxes']): Promise<void> {
  if (mailboxes.put.length > 0) await tx.putMailboxes(mailboxes.put)
  for (const { id, properties } of mailboxes.patch) await tx.patchMailbox(id, properties)
  if (mailboxes.destroyed.length > 0) await tx.destroyMailboxes(mailboxes.destroyed)
}

async function writeEmails(tx: WriteTx, emails: CompletedChanges['emails']): Promise<void> {
  if (emails.created.length > 0) await tx.reviveEmails(emails.created)
  if (emails.put.length > 0) await tx.putEmails(emails.put)
  // Unknown ids too: a window may have brought the row since we looked, and it is older than this answer.
  // Asked all at once: thousands one by one take seconds (another client marked all as read).
  await Promise.all(
    emails.patch.map(({ id, keywords, mailboxIds, threadId }) => tx.patchEmail(id, { keywords, mailboxIds, threadId })),
  )
  for (const [dead, alive] of emails.rekeyed) await tx.rekeyEmail(dead, alive)
  // The tombstone outlives the row: Stalwart still answers for dead ids (M17).
  if (emails.destroyed.length > 0) await tx.destroyEmails(emails.destroyed)
}

async function writeThreads(tx: WriteTx, threads: CompletedChanges['threads']): Promise<void> {
  const areKept = await Promise.all(threads.put.map((thread) => isKept(tx, thread.id)))
  const kept = threads.put.filter((_, index) => areKept[index])
  if (kept.length > 0) await tx.putThreads(kept)
  if (threads.destroyed.length > 0) await tx.destroyThreads(threads.destroyed)
}

async function isKept(tx: WriteTx, id: ThreadId): Promise<boolean> {
  return (await tx.thread(id)) !== undefined || (await tx.emailIdsOfThread(id)).length > 0
}
