/** Between /changes and the transaction: fetches what the pull still lacks, and decides what is kept (L3). */
import { toEmail, toMailbox, toThread } from '../mail/email-properties.ts'
import type { Email, EmailId, Mailbox, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import type { CollectedChanges } from './collected-changes.ts'
import { readCoverage } from './coverage.ts'
import { PULLED_TYPES } from './delta-calls.ts'
import { getEmails, getMutable, getThreads, knownRows } from './fetch-rows.ts'
import { getMailboxes } from './get-mailboxes.ts'
import { toMailboxPatch, type MailboxPatch } from './mailbox-patch.ts'
import { toMutableEmail, type MutableEmail } from './mutable-email.ts'

/** All that one transaction will write. */
export interface CompletedChanges {
  readonly types: readonly CollectedChanges[]
  readonly mailboxes: {
    readonly put: readonly Mailbox[]
    readonly patch: readonly MailboxPatch[]
    readonly destroyed: readonly MailboxId[]
  }
  readonly emails: {
    /** Ids of `created`: a tombstone of theirs is lifted. */
    readonly created: readonly EmailId[]
    readonly put: readonly Email[]
    readonly patch: readonly MutableEmail[]
    readonly destroyed: readonly EmailId[]
    /** Created but below every horizon: not kept. */
    readonly skipped: readonly EmailId[]
    /** A destroyed id and the created one with the same blobId (B6.5a). */
    readonly rekeyed: readonly (readonly [dead: EmailId, alive: EmailId])[]
    /** Mailboxes in which something below the horizon came or went. */
    readonly staleLists: readonly MailboxId[]
  }
  readonly threads: { readonly put: readonly Thread[]; readonly destroyed: readonly ThreadId[] }
}

export async function completeChanges(
  ctx: AccountContext,
  types: readonly CollectedChanges[],
): Promise<CompletedChanges> {
  const [mailbox, email, thread] = PULLED_TYPES.map((type) => types.find((changes) => changes.type === type))
  const emails = await completeEmails(ctx, email, await leftBehind(ctx, mailbox, email))
  return {
    types,
    mailboxes: await completeMailboxes(ctx, mailbox),
    emails,
    threads: await completeThreads(ctx, thread, emails),
  }
}

/** More rows than any list has, and a number that IndexedDB takes. */
const WHOLE_LIST = 1_000_000

/** Rows of destroyed Mailboxes as they are now: the Email, or undefined when it is gone. */
type LeftBehind = ReadonlyMap<EmailId, MutableEmail | undefined>

/**
 * A destroyed Mailbox holds nothing (RFC 8621 §2.5), so /changes must name every Email that was in it. James does not
 * (D21): those it leaves out are asked for.
 */
async function leftBehind(
  ctx: AccountContext,
  mailbox: CollectedChanges | undefined,
  email: CollectedChanges | undefined,
): Promise<LeftBehind> {
  const left = new Set<EmailId>()
  for (const id of mailbox?.destroyed ?? []) {
    const mailboxId = id as MailboxId
    const { rows } = await ctx.replica.listWindow({ mailboxId }, 0, WHOLE_LIST)
    for (const message of rows.flatMap((row) => row.messages)) if (mailboxId in message.mailboxIds) left.add(message.id)
  }
  for (const named of [email?.created, email?.updated, email?.destroyed])
    for (const id of named ?? []) left.delete(id as EmailId)
  const found = await getMutable(ctx, [...left])
  const byId = new Map(found.map((row) => [row.id, row]))
  return new Map([...left].map((id) => [id, byId.get(id)]))
}

type Emails = CompletedChanges['emails'] & { readonly goneThreads: readonly ThreadId[] }

async function completeEmails(
  ctx: AccountContext,
  changes: CollectedChanges | undefined,
  left: LeftBehind,
): Promise<Emails> {
  const created = [...(changes?.created ?? [])] as EmailId[]
  const updated = [...(changes?.updated ?? [])] as EmailId[]
  const gone = [...left].flatMap(([id, email]) => (email ? [] : [id]))
  const destroyed = [...((changes?.destroyed ?? []) as Iterable<EmailId>), ...gone]

  const full = new Map<EmailId, Email>()
  const take = (email: Email | undefined): void => {
    if (email) full.set(email.id, email)
  }
  for (const raw of changes?.createdRows.values() ?? []) take(toEmail(raw))
  for (const email of await getEmails(
    ctx,
    created.filter((id) => !changes?.asked.has(id)),
  ))
    take(email)

  const light = new Map<EmailId, MutableEmail>()
  const takeLight = (email: MutableEmail | undefined): void => {
    if (email) light.set(email.id, email)
  }
  for (const email of left.values()) takeLight(email)
  for (const raw of changes?.updatedRows.values() ?? []) takeLight(toMutableEmail(raw))
  for (const email of await getMutable(
    ctx,
    updated.filter((id) => !changes?.asked.has(id)),
  ))
    takeLight(email)

  const known = await knownAmong(ctx, [...created, ...updated, ...destroyed])
  const coverage = await readCoverage(
    ctx.replica,
    [...full.values(), ...light.values()].flatMap((e) => Object.keys(e.mailboxIds) as MailboxId[]),
  )
  // An unknown `updated` Email may just have been moved to where we keep mail.
  const entering = [...light.values()]
    .filter((email) => !known.has(email.id) && coverage.holds(email))
    .map((email) => email.id)
  for (const email of await getEmails(ctx, entering)) take(email)

  const rekeyed = aliases(destroyed, known, full)
  const alive = new Set(rekeyed.map(([, id]) => id))
  const kept = [...full.values()].filter((email) => known.has(email.id) || alive.has(email.id) || coverage.holds(email))
  const keptIds = new Set(kept.map((email) => email.id))
  const strangers = [...full.values(), ...light.values()].filter(
    (email) => !known.has(email.id) && !keptIds.has(email.id),
  )
  return {
    created,
    put: kept,
    patch: [...light.values()].filter((email) => !full.has(email.id)),
    destroyed,
    skipped: created.filter((id) => full.has(id) && !keptIds.has(id)),
    rekeyed,
    staleLists: [...new Set(strangers.flatMap((email) => Object.keys(email.mailboxIds) as MailboxId[]))],
    goneThreads: destroyed.flatMap((id) => known.get(id)?.threadId ?? []),
  }
}

async function knownAmong(ctx: AccountContext, ids: readonly EmailId[]): Promise<Map<EmailId, Email>> {
  const rows = await knownRows(ctx, ids)
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
}

/** Stalwart re-creates the messages of a merged thread under new ids; the blob stays the same (M17). */
function aliases(
  destroyed: readonly EmailId[],
  known: ReadonlyMap<EmailId, Email>,
  full: ReadonlyMap<EmailId, Email>,
): [EmailId, EmailId][] {
  const byBlob = new Map([...full.values()].map((email) => [email.blobId, email.id]))
  return destroyed.flatMap((dead) => {
    const blobId = known.get(dead)?.blobId
    const alive = blobId === undefined ? undefined : byBlob.get(blobId)
    return alive === undefined || alive === dead ? [] : [[dead, alive] as [EmailId, EmailId]]
  })
}

async function completeThreads(
  ctx: AccountContext,
  changes: CollectedChanges | undefined,
  emails: Emails,
): Promise<CompletedChanges['threads']> {
  const destroyed = new Set(changes?.destroyed as Set<ThreadId> | undefined)
  const threads = new Map<ThreadId, Thread>()
  for (const rows of [changes?.createdRows, changes?.updatedRows]) {
    for (const raw of rows?.values() ?? []) {
      const thread = toThread(raw)
      if (thread && !destroyed.has(thread.id)) threads.set(thread.id, thread)
    }
  }
  const named = [...(changes?.created ?? []), ...(changes?.updated ?? [])] as ThreadId[]
  const wanted = new Set(named.filter((id) => !changes?.asked.has(id)))
  // James's Thread/changes is always empty (D6): the Emails say which threads moved.
  const known = await knownAmong(
    ctx,
    emails.patch.map((email) => email.id),
  )
  for (const email of [...emails.put, ...emails.patch.filter(({ id }) => known.has(id))]) {
    const thread = threads.get(email.threadId) ?? (await knownThread(ctx, email.threadId))
    if (!thread?.emailIds.includes(email.id) || destroyed.has(email.threadId)) wanted.add(email.threadId)
  }
  for (const id of emails.goneThreads)
    if (!threads.has(id) && !destroyed.has(id) && !changes?.asked.has(id)) wanted.add(id)
  const asked = [...wanted].filter((id) => !threads.get(id))
  const answered = await getThreads(ctx, asked)
  for (const thread of answered) {
    threads.set(thread.id, thread)
    destroyed.delete(thread.id)
  }
  for (const id of asked) if (!threads.has(id)) destroyed.add(id)
  return { put: [...threads.values()], destroyed: [...destroyed] }
}

async function knownThread(ctx: AccountContext, id: ThreadId): Promise<Thread | undefined> {
  return (await ctx.replica.thread(id))?.thread
}

async function completeMailboxes(
  ctx: AccountContext,
  changes: CollectedChanges | undefined,
): Promise<CompletedChanges['mailboxes']> {
  if (!changes) return { put: [], patch: [], destroyed: [] }
  const known = new Set<string>((await ctx.replica.mailboxes()).map((mailbox) => mailbox.id))
  const put = [...changes.createdRows.values()].flatMap((raw) => toMailbox(raw) ?? [])
  const patch: MailboxPatch[] = []
  const wanted = new Set([...changes.created].filter((id) => !changes.asked.has(id)))
  for (const id of changes.updated) {
    const raw = changes.updatedRows.get(id)
    if (raw && known.has(id)) patch.push(toMailboxPatch(raw))
    else if (!changes.asked.has(id) || raw) wanted.add(id)
  }
  if (wanted.size > 0) put.push(...(await getMailboxes(ctx, [...wanted] as MailboxId[])))
  return { put, patch, destroyed: [...changes.destroyed] as MailboxId[] }
}
