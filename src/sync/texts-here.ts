/**
 * The people, subjects and first words of every message kept here, folded for searching. Read in slices when somebody
 * searches, kept current from the replica's notices, and let go of when nobody has searched for a while.
 */
import type { Email, EmailAddress, EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import { foldText, hasTerms, searchTerms } from '../mail/search-query.ts'
import type { SearchQuery } from '../mail/search-query.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import type { AccountContext } from './account-context.ts'
import type { Hits } from './engine-port.ts'

const SLICE = 200
/** Some megabytes, for as long as somebody searches now and then. */
const KEPT_MS = 120_000

interface Text {
  readonly id: EmailId
  readonly threadId: ThreadId
  readonly receivedAt: string
  readonly mailboxIds: Email['mailboxIds']
  readonly folded: string
}

export class TextsHere {
  readonly #ctx: AccountContext
  readonly #texts = new Map<EmailId, Text>()
  readonly #unread = new Set<EmailId>()
  #stop: (() => void) | undefined
  #cancel: () => void = () => undefined
  #reading: Promise<void> = Promise.resolve()

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
  }

  /** One hit per thread, the newest message that has every word; newest first. */
  async find(query: SearchQuery, leftOut: readonly MailboxId[], limit: number): Promise<Pick<Hits, 'hits' | 'total'>> {
    await this.#read()
    const terms = searchTerms(query)
    if (terms.length === 0) return { hits: [], total: 0 }
    const newest = new Map<ThreadId, Text>()
    for (const text of this.#texts.values()) {
      if (!hasTerms(text.folded, terms) || !isElsewhere(text, leftOut)) continue
      const other = newest.get(text.threadId)
      if (!other || other.receivedAt < text.receivedAt) newest.set(text.threadId, text)
    }
    const found = [...newest.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    const hits = found
      .slice(0, limit)
      .map(({ id, threadId }) => ({ emailId: id, threadId, subject: null, preview: null }))
    return { hits, total: found.length }
  }

  /** After this every row that was committed before is known. */
  #read(): Promise<void> {
    this.#cancel()
    this.#cancel = this.#ctx.deps.clock.after(KEPT_MS, () => this.#forget())
    // One reading after the other: the second finds what the first left.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readUnread())
    return this.#reading
  }

  async #readUnread(): Promise<void> {
    if (!this.#stop) {
      this.#stop = this.#ctx.replica.subscribe((notice) => this.#didChange(notice))
      for (const id of await this.#ctx.write({}, (tx) => tx.allEmailIds())) this.#unread.add(id)
    }
    while (this.#unread.size > 0) {
      const ids = [...this.#unread].slice(0, SLICE)
      for (const id of ids) this.#unread.delete(id)
      const emails = await this.#ctx.replica.emails(ids)
      ids.forEach((id, index) => {
        const email = emails[index]
        if (email) this.#texts.set(id, toText(email))
        else this.#texts.delete(id)
      })
    }
  }

  #didChange({ all, emailIds, rekeyed }: ChangeNotice): void {
    if (all) this.#forget()
    for (const id of emailIds ?? []) this.#unread.add(id)
    for (const [dead, alive] of rekeyed ?? []) this.#unread.add(dead).add(alive)
  }

  #forget(): void {
    this.#cancel()
    this.#stop?.()
    this.#stop = undefined
    this.#texts.clear()
    this.#unread.clear()
  }
}

function isElsewhere({ mailboxIds }: Text, leftOut: readonly MailboxId[]): boolean {
  return (Object.keys(mailboxIds) as MailboxId[]).some((id) => !leftOut.includes(id))
}

function toText(email: Email): Text {
  const { id, threadId, receivedAt, mailboxIds } = email
  const people = [email.from, email.to, email.cc].flatMap((list) => list ?? []).map(words)
  return {
    id,
    threadId,
    receivedAt,
    mailboxIds,
    folded: foldText([...people, email.subject, email.preview].join(' \n ')),
  }
}

function words({ name, email }: EmailAddress): string {
  return `${name ?? ''} ${email}`
}
