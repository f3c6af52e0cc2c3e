/** Collects what a transaction changed, and tells listeners once it has been committed. */
import type { EmailId, MailboxId, ThreadId } from '../jmap/types.ts'
import type { Affected } from './affected.ts'
import type { ChangeNotice } from './replica.ts'

/** Sets while the transaction runs, a `ChangeNotice` of plain arrays afterwards. */
export class NoticeDraft {
  readonly emailIds = new Set<EmailId>()
  readonly threadIds = new Set<ThreadId>()
  readonly bodyIds = new Set<EmailId>()
  readonly lists = new Set<MailboxId>()
  readonly rekeyed: (readonly [EmailId, EmailId])[] = []
  mailboxes = false
  identities = false
  outbox = false
  settings = false
  anyRow = false

  addAffected({ emailIds, threadIds, lists, settings, anyRow }: Affected): void {
    for (const id of emailIds) this.emailIds.add(id)
    for (const id of threadIds) this.threadIds.add(id)
    for (const id of lists) this.lists.add(id)
    this.settings ||= settings === true
    this.anyRow ||= anyRow === true
  }

  toNotice(): ChangeNotice {
    return {
      ...(this.mailboxes && { mailboxes: true }),
      ...(this.identities && { identities: true }),
      ...(this.outbox && { outbox: true }),
      ...(this.settings && { settings: true }),
      ...(this.anyRow && { anyRow: true }),
      ...(this.emailIds.size > 0 && { emailIds: [...this.emailIds] }),
      ...(this.threadIds.size > 0 && { threadIds: [...this.threadIds] }),
      ...(this.bodyIds.size > 0 && { bodyIds: [...this.bodyIds] }),
      ...(this.lists.size > 0 && { lists: [...this.lists] }),
      ...(this.rekeyed.length > 0 && { rekeyed: this.rekeyed }),
    }
  }
}

export function isEmptyNotice(notice: ChangeNotice): boolean {
  return Object.keys(notice).length === 0
}

/** In-process listeners. One that throws does not keep the others from hearing. */
export class Listeners {
  readonly #listeners = new Set<(notice: ChangeNotice) => void>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  add(listener: (notice: ChangeNotice) => void): () => void {
    // Wrapped, so that the same function may listen twice and leave once.
    const entry = (notice: ChangeNotice): void => listener(notice)
    this.#listeners.add(entry)
    return () => {
      this.#listeners.delete(entry)
    }
  }

  tell(notice: ChangeNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice)
      } catch (error) {
        this.#onError(error)
      }
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
