/**
 * What comes into a muted conversation skips the Inbox (ADR 0022): after a pull that brought mail the leader marks it as
 * read and muted, and archives it, through the outbox like a reader.
 */
import type { BlobId, EmailId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import { isMuted, MUTED } from '../mail/muted.ts'
import { findMailbox } from '../mutations/made-mailbox.ts'
import { isOnAll, type Mutation } from '../mutations/mutation.ts'
import type { AccountContext } from './account-context.ts'
import type { EngineParts } from './engine-work.ts'

/** Rows from the newest on: more does not come between two pulls, but after weeks away. */
const NEWEST_ROWS = 500

/** What was put away once is not put away again, if the reader or the server brings it back. */
const done = new WeakMap<AccountContext, Set<EmailId>>()

/**
 * False: it is to be looked at once more, when there is an Archive, which the reader's mute may still be making or be
 * refused for now, or when all that match are muted. Until then a letter that came a moment too late for that looks as if
 * it were muted, too.
 */
export async function hushMuted(ctx: AccountContext, engine: Pick<EngineParts, 'want'>): Promise<boolean> {
  const { replica } = ctx
  const mailboxes = await replica.mailboxes()
  const inbox = mailboxes.find(({ role }) => role === 'inbox')
  // The first that is muted made one, if there was none.
  const archive = findMailbox(mailboxes, { role: 'archive', name: 'Archive' })
  if (!archive) return false
  if (!inbox?.myRights.mayRemoveItems || !archive.myRights.mayAddItems) return true
  // Read before the rows: what ended in between would still lie over them, and nobody would look again.
  const isSure = !(await replica.outbox()).some(({ status, mutation }) => status !== 'failed' && isOnAll(mutation))
  const { rows } = await replica.listWindow({ mailboxId: inbox.id }, 0, NEWEST_ROWS)
  const before = done.get(ctx) ?? new Set()
  done.set(ctx, before)
  const came = rows
    .filter(({ messages }) => isMuted(messages))
    // one that is muted itself was put there by somebody
    .flatMap(({ messages }) => messages.filter((message) => isIn(message, inbox.id) && !isMuted([message])))
    .filter(({ id }) => !before.has(id))
  if (came.length === 0) return isSure
  for (const { id } of came) before.add(id)
  // Another leader may have taken over: then it is its turn.
  await ctx.write({}, () => Promise.resolve())
  const unread = came.filter(({ keywords }) => !Object.hasOwn(keywords, '$seen'))
  const mutations: readonly Mutation[] = [
    ...(unread.length > 0 ? [set('$seen', unread)] : []),
    { type: 'setMailboxes', ...idsOf(came), mailboxIds: { [inbox.id]: false, [archive.id]: true } },
    set(MUTED, came),
  ]
  try {
    for (const mutation of mutations) await replica.appendMutation(mutation)
  } catch (error) {
    for (const { id } of came) before.delete(id)
    throw error
  } finally {
    engine.want('push')
  }
  return isSure
}

function isIn({ mailboxIds }: RowMessage, id: string): boolean {
  return Object.hasOwn(mailboxIds, id)
}

function set(keyword: string, messages: readonly RowMessage[]): Mutation {
  return { type: 'setKeyword', ...idsOf(messages), keyword, value: true }
}

function idsOf(messages: readonly RowMessage[]): { emailIds: EmailId[]; blobIds: BlobId[] } {
  return { emailIds: messages.map(({ id }) => id), blobIds: messages.map(({ blobId }) => blobId) }
}
