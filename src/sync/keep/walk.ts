/** Goes through the Emails here by date, the newest first, in stretches of time that hold neither few nor many. */
import type { EmailId } from '../../jmap/types.ts'
import type { Replica } from '../../replica/replica.ts'

const DAY = 86_400_000
const FEW = 50
const MANY = 400
/** No mail is older. */
const OLDEST = Date.UTC(1970, 0, 1)

export class Walk {
  readonly #replica: Pick<Replica, 'read'>
  readonly #now: number
  readonly #oldest: number
  #upTo: number | undefined
  #width = DAY
  #passed = 0

  /** Down to `days` ago. */
  constructor(replica: Pick<Replica, 'read'>, now: number, days: number) {
    this.#replica = replica
    this.#now = now
    this.#oldest = Math.max(OLDEST, now - days * DAY)
  }

  /** How many Emails were passed. */
  get passed(): number {
    return this.#passed
  }

  /** 0 to 1, by date. */
  get progress(): number {
    return this.#upTo === undefined ? 0 : Math.min(1, (this.#now - this.#upTo) / (this.#now - this.#oldest))
  }

  /** Newest first; undefined at the end. */
  async next(): Promise<readonly EmailId[] | undefined> {
    for (;;) {
      const upper = this.#upTo
      if (upper !== undefined && upper <= this.#oldest) return undefined
      const lower = Math.max(this.#oldest, (upper ?? this.#now) - this.#width)
      // A clock may be slow, and a server's fast: the first stretch has no end.
      const range = { lower: dateOf(lower), ...(upper === undefined ? {} : { upper: dateOf(upper), upperOpen: true }) }
      const ids = await this.#replica.read(['emails'], (tx) => tx.keysWithin('emails', 'receivedAt', range))
      this.#upTo = lower
      if (ids.length < FEW) this.#width *= 2
      else if (ids.length > MANY) this.#width = Math.max(DAY / 24, this.#width / 2)
      this.#passed += ids.length
      if (ids.length > 0) return ids.reverse()
    }
  }
}

/** As UTCDates are written (RFC 8620 §1.4), so that texts compare as dates do. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}
