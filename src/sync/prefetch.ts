/** What to fetch ahead while nothing else is wanted: bodies of what is in view, and members of its threads (idle, background). */
import type { EmailId, ThreadId } from '../jmap/types.ts'
import type { AccountContext } from './account-context.ts'
import { BODIES_PER_REQUEST, fetchBodies } from './bodies.ts'
import { fetchThread } from './single-fetches.ts'

/** Of a long conversation only the end is opened at once; the rest comes when it is unfolded. */
const MESSAGES_AHEAD = 5

export class Prefetch {
  readonly #ctx: AccountContext
  /** What the server does not have, or refused: asked once per session, not in a circle. */
  readonly #given = new Set<string>()

  constructor(ctx: AccountContext) {
    this.#ctx = ctx
  }

  /** Fetches one request's worth. False when nothing is left to do. */
  async step(): Promise<boolean> {
    const threadIds = await this.#threads()
    const incomplete = await this.#incomplete(threadIds)
    if (incomplete !== undefined) {
      this.#given.add(`thread:${incomplete}`)
      await fetchThread(this.#ctx, incomplete, { priority: 'background', isInLane: true })
      return true
    }
    const wanted = await this.#missingBodies(threadIds)
    if (wanted.length === 0) return false
    const batch = wanted.slice(0, BODIES_PER_REQUEST)
    for (const id of batch) this.#given.add(id)
    for (const id of await fetchBodies(this.#ctx, batch, 'background')) this.#given.add(id)
    return true
  }

  /** The open conversation first, then the rows in view, in their order. */
  async #threads(): Promise<ThreadId[]> {
    const { openThreadId, emailIds, visible } = this.#ctx.attention
    if (!visible || this.#ctx.keepDays === 0) return openThreadId ? [openThreadId] : []
    const rows = await this.#ctx.replica.emails(emailIds)
    return [...new Set([...(openThreadId ? [openThreadId] : []), ...rows.flatMap((row) => row?.threadId ?? [])])]
  }

  async #incomplete(threadIds: readonly ThreadId[]): Promise<ThreadId | undefined> {
    for (const id of threadIds) {
      if (this.#given.has(`thread:${id}`)) continue
      const detail = await this.#ctx.replica.thread(id)
      if (detail && detail.missing.length > 0) return id
    }
    return undefined
  }

  async #missingBodies(threadIds: readonly ThreadId[]): Promise<EmailId[]> {
    const ids: EmailId[] = []
    for (const id of threadIds) {
      const emails = (await this.#ctx.replica.thread(id))?.emails ?? []
      const isAhead = (index: number): boolean => index >= emails.length - MESSAGES_AHEAD
      ids.push(
        ...emails
          .filter((email, index) => isAhead(index) || !email.keywords['$seen'])
          .map((email) => email.id)
          .reverse(),
      )
    }
    const wanted = [...new Set(ids)].filter((id) => !this.#given.has(id))
    const present = await this.#ctx.replica.bodiesPresent(wanted)
    return wanted.filter((id) => !present.has(id))
  }
}
