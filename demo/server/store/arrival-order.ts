/** All messages of an account by their date, kept in order as they come and go: no query sorts the account again. */
import type { StoredEmail } from './stored-email.ts'

export class ArrivalOrder {
  /** Oldest first, so that what comes now is put at the end. */
  readonly #emails: StoredEmail[] = []

  add(email: StoredEmail): void {
    const last = this.#emails.at(-1)
    if (last === undefined || compare(last, email) < 0) this.#emails.push(email)
    else this.#emails.splice(this.#indexOf(email), 0, email)
  }

  delete(email: StoredEmail): void {
    const index = this.#indexOf(email)
    if (this.#emails[index] === email) this.#emails.splice(index, 1)
  }

  /** By `receivedAt`, the later first; of one second, in the order of arrival. */
  newestFirst(): StoredEmail[] {
    return this.#emails.toReversed()
  }

  /** Where it stands, or would stand. */
  #indexOf(email: StoredEmail): number {
    let low = 0
    let high = this.#emails.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#emails[middle]
      if (other !== undefined && compare(other, email) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function compare(a: StoredEmail, b: StoredEmail): number {
  return a.receivedAt - b.receivedAt || b.ordinal - a.ordinal
}
