/** Which messages belong together: shared message ids and the same subject under its prefixes (RFC 8621 §3). */
import type { StoredEmail } from './stored-email.ts'

export interface StoredThread {
  readonly id: string
  readonly ordinal: number
  readonly emails: StoredEmail[]
  /** The mailboxes it counts in, and whether as unread there: what the counts were made of last. */
  counted: ReadonlyMap<string, boolean>
}

export interface ThreadKeys {
  readonly subject: string | null
  readonly messageId: readonly string[] | null
  readonly inReplyTo: readonly string[] | null
  readonly references: readonly string[] | null
  /** Given by an importer that knows its conversations. */
  readonly threadKey?: string | undefined
}

export class ThreadIndex {
  readonly #byKey = new Map<string, StoredThread>()

  /** All threads that a message refers to, oldest first; more than one when it joins what was apart. */
  find(keys: ThreadKeys): StoredThread[] {
    const found = new Set<StoredThread>()
    for (const key of keysOf(keys)) {
      const thread = this.#byKey.get(key)
      if (thread && thread.emails.length > 0) found.add(thread)
    }
    return [...found].sort((a, b) => a.ordinal - b.ordinal)
  }

  register(keys: ThreadKeys, thread: StoredThread): void {
    for (const key of keysOf(keys)) this.#byKey.set(key, thread)
  }

  /** After a merge what led to the dead thread leads to the living one. */
  redirect(dead: StoredThread, living: StoredThread): void {
    for (const [key, thread] of this.#byKey) if (thread === dead) this.#byKey.set(key, living)
  }
}

function keysOf(keys: ThreadKeys): string[] {
  if (keys.threadKey !== undefined) return [`key\n${keys.threadKey}`]
  const subject = baseSubject(keys.subject ?? '')
  const ids = [...(keys.messageId ?? []), ...(keys.inReplyTo ?? []), ...(keys.references ?? [])]
  return [...new Set(ids)].map((id) => `${id}\n${subject}`)
}

/** The subject without reply and forward marks (RFC 5256 §2.1, and the marks of other languages). */
export function baseSubject(subject: string): string {
  let base = subject
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()
    .toLowerCase()
  // Every mark ends in a colon.
  while (base.includes(':')) {
    const shorter = base.replace(/^(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv)(?:\[\d+\])?\s*:\s*/, '').trim()
    if (shorter === base) return base
    base = shorter
  }
  return base
}

/** RFC 8621 §3: oldest first by receivedAt. */
export function sortedEmails(thread: StoredThread): StoredEmail[] {
  return [...thread.emails].sort((a, b) => a.receivedAt - b.receivedAt || a.ordinal - b.ordinal)
}
