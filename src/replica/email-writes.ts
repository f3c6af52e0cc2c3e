/** The writes of Email and Thread rows in one transaction: tombstones (L2), merged ids (B6.5a), and rows of lists. */
import type { Email, EmailBody, EmailId, Thread, ThreadId } from '../jmap/types.ts'
import { emailIdsOf, type Mutation } from '../mutations/mutation.ts'
import type { NoticeDraft } from './notice.ts'
import type { BodyUse } from './storage/schema.ts'
import type { StorageTx } from './storage/storage.ts'
import { ThreadLedger } from './thread-ledger.ts'

/** Below this, asking for each id is as cheap; from MANY keys on, reading them is not. */
const FEW = 20
const MANY = 5_000

const min = (a: string, b: string): string => (b < a ? b : a)
const max = (a: string, b: string): string => (b > a ? b : a)

export class EmailWrites {
  readonly #tx: StorageTx
  readonly #notice: NoticeDraft
  readonly #ledger: ThreadLedger
  /** Deleted at the end, so that a merge may be told before or after its deaths. */
  readonly #dyingBodies = new Set<EmailId>()
  #hasTombstones: Promise<boolean> | undefined

  constructor(tx: StorageTx, notice: NoticeDraft) {
    this.#tx = tx
    this.#notice = notice
    this.#ledger = new ThreadLedger(tx)
  }

  async putEmails(emails: readonly Email[]): Promise<void> {
    const living = await this.#withoutTombstones([...new Map(emails.map((email) => [email.id, email])).values()])
    const old = await this.#known(living.map((email) => email.id))
    await this.#ledger.touch([...living, ...old.filter((email) => email !== undefined)].map((email) => email.threadId))
    living.forEach((email, index) => this.#put(email, old[index]))
  }

  async patchEmail(
    id: EmailId,
    patch: Pick<Email, 'keywords' | 'mailboxIds'> & Partial<Pick<Email, 'threadId'>>,
  ): Promise<boolean> {
    const old = await this.#tx.get('emails', id)
    if (old === undefined) return false
    const email: Email = {
      ...old,
      keywords: patch.keywords,
      mailboxIds: patch.mailboxIds,
      threadId: patch.threadId ?? old.threadId,
    }
    await this.#ledger.touch([old.threadId, email.threadId])
    this.#put(email, old)
    return true
  }

  async destroyEmails(ids: readonly EmailId[]): Promise<void> {
    const old = (await Promise.all(ids.map((id) => this.#tx.get('emails', id)))).filter((email) => email !== undefined)
    await this.#ledger.touch(old.map((email) => email.threadId))
    for (const email of old) {
      this.#tx.delete('emails', email.id)
      this.#ledger.deleteEmail(email)
    }
    for (const id of ids) {
      // Also for ids that were never here: a get that is under way may bring one.
      this.#tx.put('tombstones', { id })
      this.#dyingBodies.add(id)
      this.#notice.emailIds.add(id)
    }
    if (ids.length > 0) this.#hasTombstones = Promise.resolve(true)
  }

  reviveEmails(ids: readonly EmailId[]): void {
    for (const id of ids) {
      this.#tx.delete('tombstones', id)
      this.#dyingBodies.delete(id)
    }
  }

  async rekeyEmail(dead: EmailId, alive: EmailId): Promise<void> {
    if (dead === alive) return
    const [body, use, taken, outbox] = await Promise.all([
      this.#tx.get('bodies', dead),
      this.#tx.get('bodyUses', dead),
      this.#tx.get('bodyUses', alive),
      this.#tx.getAll('outbox'),
    ])
    if (body !== undefined && taken === undefined) this.#moveBody(body, alive, use)
    this.#dyingBodies.add(dead)
    for (const row of outbox) {
      const mutation = renamed(row.mutation, dead, alive)
      if (mutation === row.mutation) continue
      this.#tx.put('outbox', { ...row, mutation })
      this.#notice.outbox = true
    }
    this.#notice.rekeyed.push([dead, alive])
  }

  async putThreads(threads: readonly Thread[]): Promise<void> {
    await this.#ledger.touch(threads.map((thread) => thread.id))
    for (const thread of threads) {
      this.#tx.put('threads', thread)
      this.#ledger.setThread(thread.id, thread)
    }
  }

  async destroyThreads(ids: readonly ThreadId[]): Promise<void> {
    await this.#ledger.touch(ids)
    for (const id of ids) {
      this.#tx.delete('threads', id)
      this.#ledger.setThread(id, undefined)
    }
  }

  /** The end of the transaction: rows of lists, bodies of the dead. */
  async settle(): Promise<void> {
    for (const id of this.#dyingBodies) {
      this.#tx.delete('bodies', id)
      this.#tx.delete('bodyUses', id)
    }
    for (const mailboxId of await this.#ledger.settle()) this.#notice.lists.add(mailboxId)
    for (const threadId of this.#ledger.threadIds) this.#notice.threadIds.add(threadId)
  }

  /** New messages are the common case: one look at the keys between the first and the last id spares asking for each. */
  async #known(ids: readonly EmailId[]): Promise<(Email | undefined)[]> {
    const [lower, upper] = [ids.reduce(min, ids[0] ?? ''), ids.reduce(max, '')]
    const keys = ids.length < FEW ? [] : await this.#tx.keys('emails', { lower, upper }, MANY)
    const isWhole = ids.length >= FEW && keys.length < MANY
    const present = new Set(keys)
    return Promise.all(ids.map(async (id) => (isWhole && !present.has(id) ? undefined : this.#tx.get('emails', id))))
  }

  #put(email: Email, old: Email | undefined): void {
    this.#tx.put('emails', email)
    this.#ledger.setEmail(email, old)
    this.#notice.emailIds.add(email.id)
  }

  #moveBody(body: EmailBody, alive: EmailId, use: BodyUse | undefined): void {
    this.#tx.put('bodies', { ...body, id: alive })
    this.#tx.put('bodyUses', { lastUsed: 0, bytes: 0, ...use, id: alive, filesTo: -1 })
    this.#notice.bodyIds.add(alive)
  }

  async #withoutTombstones(emails: readonly Email[]): Promise<readonly Email[]> {
    this.#hasTombstones ??= this.#tx.keys('tombstones', undefined, 1).then((keys) => keys.length > 0)
    if (!(await this.#hasTombstones)) return emails
    const tombstones = await Promise.all(emails.map((email) => this.#tx.get('tombstones', email.id)))
    return emails.filter((_, index) => tombstones[index] === undefined)
  }
}

function renamed(mutation: Mutation, dead: EmailId, alive: EmailId): Mutation {
  const ids = emailIdsOf(mutation)
  if (!ids.includes(dead)) return mutation
  return { ...mutation, emailIds: ids.map((id) => (id === dead ? alive : id)) } as Mutation
}
