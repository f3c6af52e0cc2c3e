/** The conversations that the reader may open next: read, their letters prepared, and painted out of sight. */
import { ThreadAhead } from '../../state/thread-ahead.ts'
import { letterContent, letterKey } from './letter-parts.ts'
import { writeAhead } from '../../render/letter-text.ts'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { PreparedThread } from '../../state/thread-ahead.ts'
import type { OpenAccount } from '../../state/open-account.ts'
import type { Email, EmailBody, ThreadId } from '../../jmap/types.ts'

export class Neighbours {
  readonly #account: OpenAccount
  readonly #desk: LetterDesk
  readonly #threads: ThreadAhead

  constructor(account: OpenAccount, desk: LetterDesk) {
    this.#account = account
    this.#desk = desk
    this.#threads = new ThreadAhead(account)
  }

  /** One after the other, the likeliest first, until the reader is elsewhere. */
  async prepare(threadIds: readonly ThreadId[], signal: AbortSignal): Promise<void> {
    for (const id of threadIds) {
      const thread = await this.#threads.prefetch(id)
      if (signal.aborted) return
      for (const body of thread?.bodies ?? []) {
        const email = thread?.detail.emails.find((known) => known.id === body.id)
        if (email) this.#paint(email, body)
      }
    }
  }

  /** What was read of a conversation, once: its view reads again behind it. */
  take(threadId: ThreadId): PreparedThread | undefined {
    return this.#threads.take(threadId)
  }

  /** The letter that a neighbour opens with: its trees are made, and its first HTML part is painted out of sight. */
  #paint(email: Email, body: EmailBody): void {
    const { info, port } = this.#account
    let isFirst = true
    for (const part of letterContent(body).parts) {
      if (part.kind !== 'html') continue
      const id = letterKey(info.key, email, part)
      const tree = this.#desk.tree(id, part.value)
      if (!tree) return
      const images = this.#desk.images(tree, body, port)
      writeAhead(tree)
      if (isFirst) this.#desk.aside?.prepare({ id, title: '', tree, images }, this.#desk.hosts.width())
      isFirst = false
    }
  }
}
