/** What the page has acknowledged: rows of the outbox whose transaction is complete, and the last word of each message. */
import type { Mutation } from '../../src/mutations/mutation.ts'

/** A row as its page wrote it. */
export interface Acknowledged {
  readonly seq: number
  readonly mutation: Mutation
}

/** One property of one message, as in a patch: `keywords/$seen`, `mailboxIds/m1`. */
export interface Word {
  readonly emailId: string
  readonly property: string
  readonly value: boolean
}

interface Promised extends Word {
  readonly seq: number
  readonly moment: number
}

export class Ledger {
  #moment = 0
  /** How many rows, of however many pages. */
  rows = 0
  readonly #promises = new Map<string, Promised>()
  readonly #doubts = new Map<string, number>()

  add({ seq, mutation }: Acknowledged): readonly Word[] {
    this.rows += 1
    this.#moment += 1
    const words = wordsOf(mutation)
    for (const word of words) {
      const key = `${word.emailId} ${word.property}`
      // Tabs report each on its own: the order is the outbox's.
      if ((this.#promises.get(key)?.seq ?? -1) < seq) this.#promises.set(key, { ...word, seq, moment: this.#moment })
    }
    return words
  }

  /** From now on nothing is certain of it: somebody else wrote, or a tab died over a word. Later words hold again. */
  doubt(emailId: string, property: string): void {
    this.#moment += 1
    this.#doubts.set(`${emailId} ${property}`, this.#moment)
  }

  /** All that was said so far of these messages. */
  doubtAll(emailIds: readonly string[], except: readonly Word[] = []): void {
    const sure = new Set(except.map(({ emailId, property }) => `${emailId} ${property}`))
    for (const [key, { emailId, property }] of this.#promises)
      if (emailIds.includes(emailId) && !sure.has(key)) this.doubt(emailId, property)
  }

  /** What the server must have in the end. */
  get lastWords(): readonly Word[] {
    return [...this.#promises].flatMap(([key, promised]) =>
      (this.#doubts.get(key) ?? -1) > promised.moment ? [] : [promised],
    )
  }

  get emailIds(): readonly string[] {
    return [...new Set([...this.#promises.values()].map(({ emailId }) => emailId))]
  }
}

function wordsOf(mutation: Mutation): readonly Word[] {
  if (mutation.type === 'setKeyword') {
    const { emailIds, keyword, value } = mutation
    return emailIds.map((emailId) => ({ emailId, property: `keywords/${keyword}`, value }))
  }
  if (mutation.type === 'setMailboxes') {
    const { emailIds, mailboxIds, make } = mutation
    const entries = Object.entries(mailboxIds).filter(([id]) => id !== make?.id)
    return emailIds.flatMap((emailId) =>
      entries.map(([id, value]) => ({ emailId, property: `mailboxIds/${id}`, value })),
    )
  }
  return []
}
