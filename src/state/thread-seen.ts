/** Read and unread in an opened conversation: what is seen for a while is read, what the reader marks unread stays so. */
import { isUnread } from '../mail/keywords.ts'
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

  /** The letter's painted body came into view. `delay`: seconds until it counts as read; null: not by itself. */
  enter(id: EmailId, delay: number | null): void {
    if (delay === null || this.#running.has(id) || !this.#isToBeRead(id)) return
    const cancel = this.#input.clock.after(delay * 1000, () => {
      this.#running.delete(id)
      // asked again: meanwhile it may have been read elsewhere, or marked unread here
      // a page that goes has lost its database, Firefox's before its timers: the letter stays unread
      if (this.#isToBeRead(id)) this.#set([id], true).catch(() => undefined)
    })
    this.#running.set(id, cancel)
  }

  /** It left the view, was folded, or the page was hidden: the time begins anew. */
  leave(id: EmailId): void {
    this.#running.get(id)?.()
    this.#running.delete(id)
  }

  /** Marks one letter, by default the last one, since that is what stands in the list. */
  async markUnread(id: EmailId | null): Promise<void> {
    const emails = this.#input.emails()
    const email = emails.find((known) => known.id === id) ?? emails.at(-1)
    if (!email || !this.maySet) return
    this.#keptUnread.add(email.id)
    this.leave(email.id)
    await this.#set([email.id], false)
  }

  async markRead(): Promise<void> {
    this.#keptUnread.clear()
    const unread = this.#input.emails().filter(isUnread)
    await this.#set(
      unread.map((email) => email.id),
      true,
    )
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

  async #set(ids: readonly EmailId[], value: boolean): Promise<void> {
    const emails = this.#input.emails().filter((email) => ids.includes(email.id))
    if (emails.length === 0 || !this.maySet) return
    await this.#input.account.replica.appendMutation({
      type: 'setKeyword',
      emailIds: emails.map((email) => email.id),
      blobIds: emails.map((email) => email.blobId),
      keyword: '$seen',
      value,
    })
    this.#input.account.port.pokeOutbox()
  }
}
