/** Read and unread in an opened conversation: what is seen for a while is read, what the reader marks unread stays so. */
import { isFlagged, isUnread, SEEN } from '../mail/keywords.ts'
import { keywordChange } from './keyword-change.ts'
import type { OpenAccount } from './open-account.ts'
import type { Email, EmailId, Mailbox } from '../jmap/types.ts'
import type { Clock } from '../platform/clock.ts'

export interface ThreadSeenInput {
  readonly account: OpenAccount
  readonly clock: Clock
  /** Whose rights decide; undefined until the mailboxes are known. */
  readonly mailbox: () => Mailbox | undefined
  readonly emails: () => readonly Email[]
}

export class ThreadSeen {
  readonly #input: ThreadSeenInput
  readonly #running = new Map<EmailId, () => void>()
  /** Marked unread by the reader: stay so until the conversation is left. */
  readonly #keptUnread = new Set<EmailId>()

  constructor(input: ThreadSeenInput) {
    this.#input = input
  }

  get maySet(): boolean {
    return !this.#input.account.info.isReadOnly && (this.#input.mailbox()?.myRights.maySetSeen ?? false)
  }

  get mayFlag(): boolean {
    return !this.#input.account.info.isReadOnly && (this.#input.mailbox()?.myRights.maySetKeywords ?? false)
  }

  /** Of any of its letters; undefined where none may be set. */
  get hasFlag(): boolean | undefined {
    return this.mayFlag ? this.#input.emails().some(isFlagged) : undefined
  }

  /** The letter's painted body came into view. `delay`: seconds until it counts as read; null: not by itself. */
  enter(id: EmailId, delay: number | null): void {
    if (delay === null || this.#running.has(id) || !this.#isToBeRead(id)) return
    const cancel = this.#input.clock.after(delay * 1000, () => {
      this.#running.delete(id)
      // asked again: meanwhile it may have been read elsewhere, or marked unread here
      // a page that goes has lost its database, Firefox's before its timers: the letter stays unread
      if (this.#isToBeRead(id)) this.#markRead(id).catch(() => undefined)
    })
    this.#running.set(id, cancel)
  }

  /** It left the view, was folded, or the page was hidden: the time begins anew. */
  leave(id: EmailId): void {
    this.#running.get(id)?.()
    this.#running.delete(id)
  }

  /**
   * The letter that the reader marks as unread, by default the last one, since that is what stands in the list: it
   * stays so. Whoever asks does it.
   */
  keepUnread(id: EmailId | null): readonly Email[] {
    const emails = this.#input.emails()
    const email = emails.find((known) => known.id === id) ?? emails.at(-1)
    if (!email || !this.maySet) return []
    this.#keptUnread.add(email.id)
    this.leave(email.id)
    return [email]
  }

  /** The letters that the reader marks as read. Whoever asks does it. */
  allUnread(): readonly Email[] {
    if (!this.maySet) return []
    this.#keptUnread.clear()
    return this.#input.emails().filter(isUnread)
  }

  rekey(dead: EmailId, alive: EmailId): void {
    if (this.#keptUnread.delete(dead)) this.#keptUnread.add(alive)
    this.leave(dead)
  }

  stop(): void {
    for (const cancel of this.#running.values()) cancel()
    this.#running.clear()
  }

  #isToBeRead(id: EmailId): boolean {
    const email = this.#input.emails().find((known) => known.id === id)
    return email !== undefined && isUnread(email) && !this.#keptUnread.has(id)
  }

  /** By itself: no step to be taken back. */
  async #markRead(id: EmailId): Promise<void> {
    const emails = this.#input.emails().filter((email) => email.id === id)
    if (emails.length === 0 || !this.maySet) return
    const { replica, port } = this.#input.account
    await replica.appendMutation(keywordChange(emails, SEEN, true))
    port.pokeOutbox()
  }
}
