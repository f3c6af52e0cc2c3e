/**
 * What an account consists of and the few steps that every change is made of: commits, counting, threads, ids.
 * `MailAccount` builds the changes themselves from them.
 */
import type { Clock } from '../../../src/platform/clock.ts'
import type { Random } from '../../../src/platform/random.ts'
import type { Personality } from '../personality.ts'
import { ArrivalOrder } from './arrival-order.ts'
import { ChangeLog } from './change-log.ts'
import type { ChangeType } from './change-log.ts'
import { isUnread, recountThread } from './mailboxes.ts'
import type { StoredMailbox } from './mailboxes.ts'
import { SideRecords } from './side-records.ts'
import type { StoredEmail } from './stored-email.ts'
import { ThreadIndex } from './threads.ts'
import type { StoredThread, ThreadKeys } from './threads.ts'

export interface AccountDeps {
  readonly id: string
  readonly name: string
  readonly personality: Personality
  readonly clock: Clock
  readonly random: Random
}

export type CommitListener = (accountId: string, types: readonly ChangeType[]) => void

export class AccountCore {
  readonly id: string
  readonly name: string
  readonly personality: Personality
  readonly clock: Clock
  readonly log = new ChangeLog()
  readonly mailboxes = new Map<string, StoredMailbox>()
  readonly emails = new Map<string, StoredEmail>()
  readonly threads = new Map<string, StoredThread>()
  /** Ids that a thread merge ended, with the message they meant and the thread they were in (M17, M40). */
  readonly deadIds = new Map<string, { readonly email: StoredEmail; readonly threadId: string }>()
  /** All of `emails`, by date. */
  readonly arrivals = new ArrivalOrder()
  readonly byBlobId = new Map<string, StoredEmail>()
  readonly side = new SideRecords()
  /** Bytes of all messages, for Quota. */
  usedBytes = 0
  /** Until when a query may still be wrong; before that nothing is cached (indexing runs behind). */
  settledFrom = 0
  protected readonly random: Random
  protected readonly threadIndex = new ThreadIndex()
  readonly #listeners = new Set<CommitListener>()
  /** Earlier messages of the same bytes as the one in `byBlobId`. */
  readonly #sameBytes = new Map<string, StoredEmail[]>()
  #depth = 0
  #emailOrdinal = 0
  #threadOrdinal = 0

  constructor(deps: AccountDeps) {
    this.id = deps.id
    this.name = deps.name
    this.personality = deps.personality
    this.clock = deps.clock
    this.random = deps.random
  }

  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Everything done inside is one commit: one new state. Commits nest. */
  transact<T>(work: () => T): T {
    this.#depth += 1
    try {
      return work()
    } finally {
      this.#depth -= 1
      if (this.#depth === 0) {
        const types = this.log.seal()
        if (types.length > 0) for (const listener of [...this.#listeners]) listener(this.id, types)
      }
    }
  }

  mailboxByRole(role: string): StoredMailbox | undefined {
    for (const mailbox of this.mailboxes.values()) if (mailbox.role === role) return mailbox
    return undefined
  }

  mailboxByName(name: string): StoredMailbox | undefined {
    for (const mailbox of this.mailboxes.values()) if (mailbox.name === name) return mailbox
    return undefined
  }

  /** The message under this id, or under the id it had before a merge. */
  living(emailId: string): StoredEmail {
    const email = this.emails.get(emailId) ?? this.deadIds.get(emailId)?.email
    if (!email) throw new Error(`no email ${emailId} in account ${this.id}`)
    return email
  }

  protected nextEmailOrdinal(): number {
    this.#emailOrdinal += 1
    return this.#emailOrdinal - 1
  }

  /** When the sort index will know a message that comes now. */
  protected indexedAt(): number {
    const delay = this.personality.indexDelay
    if (!delay) return 0
    return this.clock.now() + delay[0] + this.random.next() * (delay[1] - delay[0])
  }

  /** Runs a change of messages of `threads`, counts again, and logs the mailboxes whose numbers moved. */
  protected counting(threads: readonly StoredThread[], mailboxIds: Iterable<string>, change: () => void): void {
    const before = new Map<StoredMailbox, string>()
    const ids = new Set(mailboxIds)
    for (const thread of threads) for (const id of thread.counted.keys()) ids.add(id)
    for (const id of ids) {
      const mailbox = this.mailboxes.get(id)
      if (mailbox) before.set(mailbox, numbers(mailbox))
    }
    change()
    const trashId = this.mailboxByRole('trash')?.id ?? null
    for (const thread of threads) recountThread(thread, this.mailboxes, trashId)
    for (const [mailbox, old] of before) {
      if (numbers(mailbox) !== old) this.log.record('Mailbox', mailbox.id, 'updated', true)
    }
  }

  protected addBlob(email: StoredEmail): void {
    const other = this.byBlobId.get(email.blobId)
    if (other) this.#sameBytes.set(email.blobId, [...(this.#sameBytes.get(email.blobId) ?? []), other])
    this.byBlobId.set(email.blobId, email)
  }

  protected removeBlob(email: StoredEmail): void {
    const others = (this.#sameBytes.get(email.blobId) ?? []).filter((other) => other !== email)
    const next = this.byBlobId.get(email.blobId) === email ? others.pop() : this.byBlobId.get(email.blobId)
    if (next) this.byBlobId.set(email.blobId, next)
    else this.byBlobId.delete(email.blobId)
    if (others.length > 0) this.#sameBytes.set(email.blobId, others)
    else this.#sameBytes.delete(email.blobId)
  }

  protected enter(email: StoredEmail): void {
    this.#count(email, 1)
  }

  protected leave(email: StoredEmail): void {
    this.#count(email, -1)
  }

  #count(email: StoredEmail, by: 1 | -1): void {
    const unread = isUnread(email)
    for (const id of email.mailboxIds) {
      const mailbox = this.mailboxes.get(id)
      if (!mailbox) continue
      if (by === 1) mailbox.emails.add(email)
      else mailbox.emails.delete(email)
      mailbox.totalEmails += by
      if (unread) mailbox.unreadEmails += by
    }
  }

  /** The thread a new message belongs to: found, merged or new. */
  protected threadFor(keys: ThreadKeys, contentKey: string): StoredThread {
    const [found, ...others] = this.threadIndex.find(keys)
    if (found) {
      if (this.personality.mergesThreads && others.length > 0) this.merge(found, others)
      this.log.record('Thread', found.id, 'updated')
      return found
    }
    const ordinal = this.#threadOrdinal
    this.#threadOrdinal += 1
    let id = this.personality.threadId(ordinal, contentKey)
    // An id made of content may be in use already, by a thread begun by the same bytes.
    if (this.threads.has(id)) id = this.personality.threadId(ordinal, `${contentKey} ${ordinal}`)
    const thread: StoredThread = { id, ordinal, emails: [], counted: new Map() }
    this.threads.set(id, thread)
    this.log.record('Thread', id, 'created')
    return thread
  }

  /** threadId is immutable (RFC 8621 §4): what moves to another thread ends and begins again under a new id. */
  protected merge(living: StoredThread, dying: readonly StoredThread[]): void {
    this.counting([living, ...dying], [], () => {
      for (const thread of dying) {
        this.log.record('Thread', thread.id, 'updated')
        for (const email of thread.emails.splice(0)) this.#rekey(email, living)
        this.threads.delete(thread.id)
        this.threadIndex.redirect(thread, living)
        this.log.record('Thread', thread.id, 'destroyed')
      }
      this.log.record('Thread', living.id, 'updated')
    })
  }

  #rekey(email: StoredEmail, living: StoredThread): void {
    const deadId = email.id
    this.emails.delete(deadId)
    if (this.personality.mergesThreads) this.deadIds.set(deadId, { email, threadId: email.thread.id })
    email.thread = living
    living.emails.push(email)
    email.id = this.freshEmailId(email.ordinal, living, `${email.blobId} in ${living.id}`, deadId)
    this.emails.set(email.id, email)
    this.log.record('Email', deadId, 'destroyed')
    this.log.record('Email', email.id, 'created')
  }

  /** An id never used: two copies of the same bytes cannot share a content-derived one. */
  protected freshEmailId(ordinal: number, thread: StoredThread, contentKey: string, taken?: string): string {
    const id = this.personality.emailId(ordinal, thread.ordinal, contentKey)
    if (id !== taken && !this.emails.has(id)) return id
    return this.personality.emailId(this.nextEmailOrdinal(), thread.ordinal, `${contentKey} ${this.#emailOrdinal}`)
  }
}

function numbers(mailbox: StoredMailbox): string {
  return `${mailbox.totalEmails} ${mailbox.unreadEmails} ${mailbox.totalThreads} ${mailbox.unreadThreads}`
}
