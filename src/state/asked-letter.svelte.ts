/** The letter that the URL names: looked for in its conversation, then at the server, and lost when nobody has it. */
import type { Email, EmailId, ThreadId } from '../jmap/types.ts'
import type { AccountPort } from '../sync/engine-port.ts'

export class AskedLetter {
  readonly #port: Pick<AccountPort, 'fetchEmail'>
  /** Until it has been brought into view. */
  #id: EmailId | null
  /** Brought into view: the copy on this device may be older than its end. */
  #found: EmailId | null = null
  /** What the server was asked for. */
  #sought: EmailId | null = null
  #isLost = $state.raw(false)

  constructor(port: Pick<AccountPort, 'fetchEmail'>, id: EmailId | null) {
    this.#port = port
    this.#id = id
  }

  get id(): EmailId | null {
    return this.#id
  }

  /** Also after it was brought into view, under the id that it has now. */
  get letter(): EmailId | null {
    return this.#id ?? this.#found
  }

  /** Nowhere any more: what is shown is the rest of its conversation. */
  get isLost(): boolean {
    return this.#isLost
  }

  name(id: EmailId): void {
    this.#id = id
    this.#isLost = false
  }

  rekey(dead: EmailId, alive: EmailId): void {
    if (this.#id === dead) this.#id = alive
    if (this.#found === dead) this.#found = alive
  }

  /** Answers it once for each time that it is named. */
  takeFrom(emails: readonly Email[]): Email | undefined {
    const find = (id: EmailId | null): Email | undefined => emails.find((email) => email.id === id)
    if (this.#found && !find(this.#found)) [this.#id, this.#found] = [this.#id ?? this.#found, null]
    const email = find(this.#id)
    if (email) {
      ;[this.#found, this.#id] = [email.id, null]
      this.#isLost = false
    }
    return email
  }

  /** A link to a message from before a merge: the server knows its living id. Answers the thread, if it is another. */
  async follow(threadId: ThreadId): Promise<ThreadId | undefined> {
    const asked = this.#id
    if (!asked) return undefined
    const alive = await this.#port.fetchEmail(asked)
    // another link was followed meanwhile
    if (this.#id !== asked) return undefined
    this.#isLost = alive === null
    if (!alive || alive.threadId === threadId) return undefined
    this.#id = alive.emailId
    return alive.threadId
  }

  /** The conversation is here without it: asks once, and again after nobody could be asked. */
  async seek(threadId: ThreadId): Promise<ThreadId | undefined> {
    if (!this.#id || this.#sought === this.#id) return undefined
    this.#sought = this.#id
    try {
      return await this.follow(threadId)
    } catch {
      this.#sought = null
      return undefined
    }
  }
}
