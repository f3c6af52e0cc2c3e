/**
 * One account's mail: the truth that methods answer from, and in tests the hand of "other clients". Every public change
 * is one commit.
 */
import type { Address } from '../mime/header-forms.ts'
import { parseMessage } from '../mime/body-parts.ts'
import { AccountCore } from './account-core.ts'
import type { AccountDeps } from './account-core.ts'
import type { StoredMailbox } from './mailboxes.ts'
import { contentKeyOf, metaOf, toBytes } from './stored-email.ts'
import type { EmailMeta, StoredEmail } from './stored-email.ts'
import type { StoredThread, ThreadKeys } from './threads.ts'

/** Where a message goes. Left out: the Inbox, no keywords, now. */
export interface Placement {
  readonly mailboxIds?: Iterable<string>
  readonly keywords?: Iterable<string>
  /** Milliseconds, or an RFC 3339 date. */
  readonly receivedAt?: number | string
}

/** A message whose MIME is made only when a body, a blob or an unusual header is asked for. */
export interface LazyMessage extends Placement {
  readonly from: readonly Address[] | null
  readonly to: readonly Address[] | null
  readonly cc?: readonly Address[] | null
  readonly subject: string | null
  readonly preview: string
  readonly size: number
  readonly hasAttachment?: boolean
  readonly messageId?: readonly string[] | null
  readonly inReplyTo?: readonly string[] | null
  readonly references?: readonly string[] | null
  readonly sentAt?: number
  /** Messages with one key are one thread; without it, threads are found by ids and subject. */
  readonly threadKey?: string
  /** Raw values by lower-case name, null for known to be absent: `{ 'list-id': ' <news.example>' }` spares the MIME. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly raw: () => string | Uint8Array
}

export class MailAccount extends AccountCore {
  #mailboxOrdinal = 0

  constructor(deps: AccountDeps) {
    super(deps)
    for (const [name, role] of deps.personality.mailboxes) this.createMailbox({ name, role })
  }

  /** A message as it comes in by SMTP. */
  deliver(raw: string | Uint8Array, placement: Placement = {}): StoredEmail {
    return this.transact(() => {
      const email = this.add(raw, placement)
      this.log.record('EmailDelivery', email.id, 'created')
      return email
    })
  }

  /** A message as a client puts it here (Email/import, Email/set create). */
  add(raw: string | Uint8Array, placement: Placement = {}): StoredEmail {
    const bytes = toBytes(raw)
    const receivedAt = this.#time(placement.receivedAt)
    const message = parseMessage(bytes, '')
    const meta = metaOf(message, bytes.length, receivedAt)
    return this.#store(meta, meta, contentKeyOf(bytes), placement, receivedAt, () => bytes, null, true)
  }

  addLazy(message: LazyMessage): StoredEmail {
    const receivedAt = this.#time(message.receivedAt)
    return this.addKnown(metaOfLazy(message, receivedAt), message)
  }

  /** A message whose list properties are kept, or made, elsewhere. */
  addKnown(
    meta: EmailMeta,
    message: Pick<LazyMessage, keyof Placement | 'threadKey' | 'headers' | 'raw'>,
  ): StoredEmail {
    const receivedAt = this.#time(message.receivedAt)
    const { subject, messageId, inReplyTo, references } = meta
    const key = `${this.emails.size} ${messageId?.[0] ?? ''} ${receivedAt} ${subject ?? ''}`
    const keys = { subject, messageId, inReplyTo, references, threadKey: message.threadKey }
    const known = message.headers ?? null
    return this.#store(meta, keys, key, message, receivedAt, () => toBytes(message.raw()), known, false)
  }

  /** Sets (true) and removes (false) keywords. */
  setKeywords(emailId: string, keywords: Readonly<Record<string, boolean>>): void {
    const email = this.living(emailId)
    const next = new Set(email.keywords)
    for (const [keyword, on] of Object.entries(keywords)) {
      if (on) next.add(keyword)
      else next.delete(keyword)
    }
    this.update(email, next, email.mailboxIds)
  }

  move(emailId: string, mailboxIds: Iterable<string>): void {
    const email = this.living(emailId)
    this.update(email, email.keywords, mailboxIds)
  }

  update(email: StoredEmail, keywordsNow: Iterable<string>, mailboxIdsNow: Iterable<string>): void {
    const keywords = [...keywordsNow]
    const mailboxIds = [...mailboxIdsNow]
    if (same(email.keywords, keywords) && same(email.mailboxIds, mailboxIds)) return
    this.transact(() => {
      this.counting([email.thread], mailboxIds, () => {
        this.leave(email)
        email.keywords.clear()
        for (const keyword of keywords) email.keywords.add(keyword)
        email.mailboxIds.clear()
        for (const mailboxId of mailboxIds) email.mailboxIds.add(mailboxId)
        this.enter(email)
      })
      this.log.record('Email', email.id, 'updated')
    })
  }

  destroy(emailId: string): void {
    const email = this.living(emailId)
    this.transact(() => {
      const { thread } = email
      this.counting([thread], email.mailboxIds, () => {
        this.leave(email)
        thread.emails.splice(thread.emails.indexOf(email), 1)
      })
      this.emails.delete(email.id)
      this.arrivals.delete(email)
      this.removeBlob(email)
      this.usedBytes -= email.meta.size
      this.log.record('Email', email.id, 'destroyed')
      if (thread.emails.length === 0) this.threads.delete(thread.id)
      this.log.record('Thread', thread.id, thread.emails.length === 0 ? 'destroyed' : 'updated')
      for (const [dead, alias] of this.deadIds) if (alias.email === email) this.deadIds.delete(dead)
    })
  }

  createMailbox(fields: {
    readonly name: string
    readonly parentId?: string | null
    readonly role?: string | null
    readonly sortOrder?: number
    readonly isSubscribed?: boolean
  }): StoredMailbox {
    return this.transact(() => {
      const mailbox: StoredMailbox = {
        id: this.personality.mailboxId(this.#mailboxOrdinal),
        name: fields.name,
        parentId: fields.parentId ?? null,
        role: fields.role ?? null,
        sortOrder: fields.sortOrder ?? 0,
        isSubscribed: fields.isSubscribed ?? true,
        emails: new Set(),
        totalEmails: 0,
        unreadEmails: 0,
        totalThreads: 0,
        unreadThreads: 0,
      }
      this.#mailboxOrdinal += 1
      this.mailboxes.set(mailbox.id, mailbox)
      this.log.record('Mailbox', mailbox.id, 'created')
      return mailbox
    })
  }

  updateMailbox(
    mailboxId: string,
    fields: Partial<Pick<StoredMailbox, 'name' | 'parentId' | 'role' | 'sortOrder' | 'isSubscribed'>>,
  ): void {
    const mailbox = this.#mailbox(mailboxId)
    this.transact(() => {
      Object.assign(mailbox, fields)
      this.log.record('Mailbox', mailbox.id, 'updated')
    })
  }

  renameMailbox(mailboxId: string, name: string): void {
    this.updateMailbox(mailboxId, { name })
  }

  /** Messages that are nowhere else are destroyed with it. */
  destroyMailbox(mailboxId: string): void {
    const mailbox = this.#mailbox(mailboxId)
    this.transact(() => {
      for (const email of [...mailbox.emails]) {
        const others = [...email.mailboxIds].filter((id) => id !== mailboxId)
        if (others.length === 0) this.destroy(email.id)
        else this.update(email, email.keywords, others)
      }
      this.mailboxes.delete(mailboxId)
      this.log.record('Mailbox', mailboxId, 'destroyed')
    })
  }

  /** Makes one thread of several: the messages of all but the first get new ids (RFC 8621 §4: threadId is immutable). */
  mergeThreads(threadIds: readonly string[]): StoredThread {
    const [living, ...dying] = threadIds.map((id) => {
      const thread = this.threads.get(id)
      if (!thread) throw new Error(`no thread ${id}`)
      return thread
    })
    if (!living) throw new Error('no thread to merge')
    this.transact(() => this.merge(living, dying))
    return living
  }

  /** Older states become cannotCalculateChanges. */
  forgetChanges(): void {
    this.log.forget()
  }

  #store(
    meta: EmailMeta,
    keys: ThreadKeys,
    contentKey: string,
    placement: Placement,
    receivedAt: number,
    raw: () => Uint8Array,
    knownHeaders: Readonly<Record<string, string | null>> | null,
    isNew: boolean,
  ): StoredEmail {
    return this.transact(() => {
      const thread = this.threadFor(keys, contentKey)
      this.threadIndex.register(keys, thread)
      const ordinal = this.nextEmailOrdinal()
      const inbox = this.mailboxByRole('inbox')
      const sortedFrom = isNew ? this.indexedAt() : 0
      const email: StoredEmail = {
        id: this.freshEmailId(ordinal, thread, contentKey),
        ordinal,
        blobId: this.personality.blobId(contentKey),
        thread,
        mailboxIds: new Set(placement.mailboxIds ?? (inbox ? [inbox.id] : [])),
        keywords: new Set(placement.keywords ?? []),
        receivedAt,
        meta,
        knownHeaders,
        sortedFrom,
        searchableFrom: isNew ? Math.max(sortedFrom, this.clock.now()) + this.personality.textIndexDelay : 0,
        raw,
      }
      this.settledFrom = Math.max(this.settledFrom, email.searchableFrom)
      this.counting([thread], email.mailboxIds, () => {
        thread.emails.push(email)
        this.enter(email)
      })
      this.emails.set(email.id, email)
      this.arrivals.add(email)
      this.addBlob(email)
      this.usedBytes += meta.size
      this.log.record('Email', email.id, 'created')
      return email
    })
  }

  #mailbox(mailboxId: string): StoredMailbox {
    const mailbox = this.mailboxes.get(mailboxId)
    if (!mailbox) throw new Error(`no mailbox ${mailboxId} in account ${this.id}`)
    return mailbox
  }

  #time(given: number | string | undefined): number {
    if (given === undefined) return Math.floor(this.clock.now() / 1000) * 1000
    return typeof given === 'number' ? given : Date.parse(given)
  }
}

function same(set: ReadonlySet<string>, list: readonly string[]): boolean {
  return set.size === new Set(list).size && list.every((item) => set.has(item))
}

function metaOfLazy(message: LazyMessage, receivedAt: number): EmailMeta {
  return {
    from: message.from,
    to: message.to,
    cc: message.cc ?? null,
    subject: message.subject,
    preview: message.preview,
    size: message.size,
    hasAttachment: message.hasAttachment ?? false,
    messageId: message.messageId ?? null,
    inReplyTo: message.inReplyTo ?? null,
    references: message.references ?? null,
    sentAt: message.sentAt ?? receivedAt,
  }
}
