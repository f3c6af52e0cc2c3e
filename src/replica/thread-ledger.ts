/**
 * Keeps the rows of lists true to the Email and Thread rows inside one write transaction. The first touch of a thread
 * loads what is known of it; every write is noted; `settle` rewrites the entries of touched threads once, whatever
 * number of their messages was written.
 *
 * Invariant: outside transactions, `entries` are exactly `threadRows` of every thread's known Emails.
 */
import type { Email, EmailId, MailboxId, Thread, ThreadId } from '../jmap/types.ts'
import type { ThreadRow } from '../mail/list.ts'
import { threadRows } from '../mail/thread-rows.ts'
import { updateRuns } from './list-runs.ts'
import { compareKeys, entryKey, type EntryKey } from './storage/keys.ts'
import type { StorageTx } from './storage/storage.ts'

interface Known {
  thread: Thread | undefined
  readonly emails: Map<EmailId, Email>
  readonly rowsBefore: ReadonlyMap<MailboxId, ThreadRow>
}

interface RowChanges {
  readonly rows: ThreadRow[]
  readonly added: EntryKey[]
  readonly removed: EntryKey[]
}

export class ThreadLedger {
  readonly #tx: StorageTx
  readonly #known = new Map<ThreadId, Known>()
  readonly #loading = new Map<ThreadId, Promise<void>>()
  /** Where Emails written in this transaction stand now: two writes of one Email may be under way at once. */
  readonly #threadOf = new Map<EmailId, ThreadId>()
  #hasEmails: Promise<boolean> | undefined
  #hasThreads: Promise<boolean> | undefined

  constructor(tx: StorageTx) {
    this.#tx = tx
  }

  /** Must have resolved before the thread, or an Email of it, is written. */
  async touch(ids: Iterable<ThreadId>): Promise<void> {
    await Promise.all(
      [...new Set(ids)].map((id) => {
        const loading = this.#loading.get(id) ?? this.#load(id)
        this.#loading.set(id, loading)
        return loading
      }),
    )
  }

  async #load(id: ThreadId): Promise<void> {
    // The first sync writes thousands of threads into empty stores: one question instead of one for each.
    this.#hasEmails ??= this.#holds('emails')
    this.#hasThreads ??= this.#holds('threads')
    const [hasEmails, hasThreads] = await Promise.all([this.#hasEmails, this.#hasThreads])
    const [thread, emails] = await Promise.all([
      hasThreads ? this.#tx.get('threads', id) : undefined,
      hasEmails ? this.#tx.byIndex('emails', 'threadId', id) : [],
    ])
    const rowsBefore = threadRows(thread, emails)
    this.#known.set(id, { thread, emails: new Map(emails.map((email) => [email.id, email])), rowsBefore })
  }

  async #holds(store: 'emails' | 'threads'): Promise<boolean> {
    return (await this.#tx.keys(store, undefined, 1)).length > 0
  }

  setThread(id: ThreadId, thread: Thread | undefined): void {
    this.#of(id).thread = thread
  }

  setEmail(email: Email, old: Email | undefined): void {
    if (old !== undefined) this.deleteEmail(old)
    this.#of(email.threadId).emails.set(email.id, email)
    this.#threadOf.set(email.id, email.threadId)
  }

  deleteEmail(old: Email): void {
    this.#of(this.#threadOf.get(old.id) ?? old.threadId).emails.delete(old.id)
  }

  get threadIds(): ThreadId[] {
    return [...this.#known.keys()]
  }

  /** Rewrites entries and runs; answers the mailboxes whose lists changed. */
  async settle(): Promise<MailboxId[]> {
    const changes = new Map<MailboxId, RowChanges>()
    for (const known of this.#known.values()) collectChanges(known, changes)
    await Promise.all([...changes].map(([mailboxId, change]) => this.#rewrite(mailboxId, change)))
    return [...changes.keys()]
  }

  async #rewrite(mailboxId: MailboxId, { rows, added, removed }: RowChanges): Promise<void> {
    const isMoved = added.length + removed.length > 0
    // Asked first: an answer waits for every write that was asked before it.
    const known = isMoved ? this.#tx.get('lists', mailboxId) : undefined
    // All deletions first: a message that went to another thread may stand there under the very same key.
    for (const key of removed) this.#tx.delete('entries', key)
    for (const row of rows) this.#tx.put('entries', row)
    if (!known) return
    const list = (await known) ?? { mailboxId, runs: [] }
    this.#tx.put('lists', await updateRuns(this.#tx, list, { added, removed }))
  }

  #of(id: ThreadId): Known {
    const known = this.#known.get(id)
    if (known === undefined) throw new Error(`Thread ${id} was written before it was touched.`)
    return known
  }
}

function collectChanges(known: Known, changes: Map<MailboxId, RowChanges>): void {
  const rows = threadRows(known.thread, known.emails.values())
  for (const mailboxId of new Set([...known.rowsBefore.keys(), ...rows.keys()])) {
    const change = changes.get(mailboxId) ?? { rows: [], added: [], removed: [] }
    changes.set(mailboxId, change)
    const before = known.rowsBefore.get(mailboxId)
    const after = rows.get(mailboxId)
    const oldKey = before && entryKey(before)
    const newKey = after && entryKey(after)
    const isMoved = !oldKey || !newKey || compareKeys(oldKey, newKey) !== 0
    if (oldKey && isMoved) change.removed.push(oldKey)
    if (newKey && isMoved) change.added.push(newKey)
    if (after) change.rows.push(after)
  }
}
