/** Other clients and senders who never rest, in a mailbox that keeps its size: what grows then is ours. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { Random } from '../../src/platform/random.ts'

export class Storm {
  readonly #account: MailAccount
  readonly #random: Random
  readonly #size: number
  #made = 0

  constructor(account: MailAccount, random: Random) {
    this.#account = account
    this.#random = random
    this.#size = account.emails.size
  }

  /** One change. */
  act(): void {
    const excess = this.#account.emails.size - this.#size
    const dice = this.#random.next()
    if (excess > 20 || (excess > -20 && dice < 0.2)) this.#account.destroy(this.#anyEmail())
    else if (excess < -20 || dice < 0.4) this.#deliver()
    else if (dice < 0.85) this.#mark()
    else this.#move()
  }

  #deliver(): void {
    this.#made += 1
    const number = String(this.#made)
    const subject = this.#made % 3 === 0 ? `Re: Storm ${String(this.#made - 1)}` : `Storm ${number}`
    this.#account.deliver(
      [
        'From: Storm <storm@remote.example>',
        'To: Mara Lindqvist <mara@lindqvist.example>',
        `Subject: ${subject}`,
        `Message-ID: <storm-${number}@remote.example>`,
        ...(this.#made % 3 === 0 ? [`References: <storm-${String(this.#made - 1)}@remote.example>`] : []),
        `Date: ${new Date(this.#account.clock.now()).toUTCString()}`,
        'Content-Type: text/html; charset=utf-8',
        '',
        `<p>Number ${number} of a storm.</p>`,
        '',
      ].join('\r\n'),
    )
  }

  #mark(): void {
    const keyword = this.#random.next() < 0.8 ? '$seen' : '$flagged'
    this.#account.setKeywords(this.#anyEmail(), { [keyword]: this.#random.next() < 0.5 })
  }

  #move(): void {
    const to = this.#account.mailboxByRole(this.#random.next() < 0.5 ? 'inbox' : 'archive')
    if (to) this.#account.move(this.#anyEmail(), [to.id])
  }

  /** Mostly one of the newest, as people have it. */
  #anyEmail(): string {
    const ids = [...this.#account.emails.keys()]
    const share = this.#random.next() < 0.7 ? Math.min(300, ids.length) : ids.length
    return ids[ids.length - 1 - Math.floor(this.#random.next() * share)] ?? ''
  }
}
