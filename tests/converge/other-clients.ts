/** What other clients and senders do to the account, at random. Small numbers of everything, so that changes collide. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Delivery } from '../support/deliver.ts'
import type { Dice } from './dice.ts'

/** Keywords that only other clients touch: what the user does is checked on `$flagged`. */
const THEIR_KEYWORDS = ['$seen', '$answered', 'note']

/** The account, as others reach it. */
interface Hand {
  readonly account: MailAccount
  readonly clock: Clock
  mailboxId(role: string): string
  deliver(delivery: Delivery): string
}

interface Sent {
  readonly subject: string
  readonly messageId: string
}

export class OtherClients {
  readonly #bench: Hand
  readonly #dice: Dice
  readonly #sent: Sent[] = []
  /** A thin Inbox gets a horizon of its own, below the account's. */
  readonly #inboxShare: number
  #made = 0

  constructor(bench: Hand, dice: Dice) {
    this.#bench = bench
    this.#dice = dice
    this.#inboxShare = dice.pick([0.15, 0.5]) ?? 0.5
  }

  /** One change; answers what it was. */
  act(): string {
    const acts: readonly [weight: number, act: () => string][] = [
      [6, () => this.deliver(this.#bench.clock.now())],
      [4, () => this.#reply()],
      [2, () => this.deliver(this.#oldDate())],
      [6, () => this.#flag()],
      [6, () => this.#move()],
      [3, () => this.#moveIn()],
      [3, () => this.#destroy()],
      [1, () => this.#createMailbox()],
      [1, () => this.#renameMailbox()],
      [1, () => this.#destroyMailbox()],
      [3, () => this.#mergingReply()],
      [1, () => this.#bulk()],
    ]
    return this.#dice.weighted(acts)()
  }

  deliver(at: number): string {
    this.#made += 1
    const messageId = `x${this.#made}@example.test`
    const subject = `Subject ${this.#dice.below(8)}`
    this.#sent.push({ subject, messageId })
    // Whole seconds, and sometimes the same one: the ties of M34.
    const receivedAt = Math.floor(at / 1000) * 1000
    const id = this.#bench.deliver({
      at: receivedAt,
      subject,
      messageId,
      mailbox: this.#anyMailbox(),
      keywords: this.#someKeywords(),
    })
    return `deliver ${id} at ${new Date(receivedAt).toISOString()}`
  }

  #reply(): string {
    const parent = this.#dice.pick(this.#sent)
    if (!parent) return this.deliver(this.#bench.clock.now())
    return this.#deliverReply(parent.subject, [parent.messageId])
  }

  /** Refers to two messages: on Stalwart their threads become one, under new ids (M17). */
  #mergingReply(): string {
    const [a, b] = [this.#dice.pick(this.#sent), this.#dice.pick(this.#sent)]
    if (!a || !b) return this.#reply()
    return this.#deliverReply(a.subject, [a.messageId, b.messageId])
  }

  #deliverReply(subject: string, references: readonly string[]): string {
    this.#made += 1
    const messageId = `x${this.#made}@example.test`
    this.#sent.push({ subject, messageId })
    const at = this.#dice.chance(0.2) ? this.#oldDate() : this.#bench.clock.now()
    const id = this.#bench.deliver({
      at: Math.floor(at / 1000) * 1000,
      subject: `Re: ${subject}`,
      messageId,
      references,
      mailbox: this.#anyMailbox(),
      keywords: this.#someKeywords(),
    })
    return `reply ${id} to ${references.join(' and ')}`
  }

  #flag(): string {
    const id = this.#anyEmail()
    if (!id) return 'nothing to flag'
    const keyword = this.#dice.pick(THEIR_KEYWORDS) ?? '$seen'
    const on = this.#dice.chance(0.5)
    this.#bench.account.setKeywords(id, { [keyword]: on })
    return `${on ? 'set' : 'clear'} ${keyword} on ${id}`
  }

  #move(): string {
    const id = this.#anyEmail()
    if (!id) return 'nothing to move'
    const to = this.#dice.chance(0.15) ? [this.#anyMailbox(), this.#anyMailbox()] : [this.#anyMailbox()]
    this.#bench.account.move(id, to)
    return `move ${id} to ${to.join(' and ')}`
  }

  /** A message that may be unknown here enters the mailbox that reaches deepest. */
  #moveIn(): string {
    const inbox = this.#bench.mailboxId('inbox')
    const outside = [...this.#bench.account.emails.values()].filter((email) => !email.mailboxIds.has(inbox))
    const email = this.#dice.pick(outside)
    if (!email) return 'nothing to move in'
    this.#bench.account.move(email.id, [inbox])
    return `move ${email.id} in`
  }

  #destroy(): string {
    const id = this.#anyEmail()
    if (!id) return 'nothing to destroy'
    this.#bench.account.destroy(id)
    return `destroy ${id}`
  }

  #createMailbox(): string {
    this.#made += 1
    return `create mailbox ${this.#bench.account.createMailbox({ name: `Box ${this.#made}` }).id}`
  }

  #renameMailbox(): string {
    this.#made += 1
    const id = this.#anyMailbox()
    this.#bench.account.renameMailbox(id, `Renamed ${this.#made}`)
    return `rename mailbox ${id}`
  }

  #destroyMailbox(): string {
    const all = [...this.#bench.account.mailboxes.values()]
    // RFC 8621 §2.5: one with others in it stays.
    const own = all.filter(({ id, role }) => role === null && !all.some(({ parentId }) => parentId === id))
    const mailbox = this.#dice.pick(own)
    if (!mailbox) return 'no mailbox to destroy'
    this.#bench.account.destroyMailbox(mailbox.id)
    return `destroy mailbox ${mailbox.id}`
  }

  #bulk(): string {
    const ids = [...this.#bench.account.emails.keys()].filter(() => this.#dice.chance(0.6))
    const to = this.#anyMailbox()
    const isMove = this.#dice.chance(0.5)
    for (const id of ids) {
      if (isMove) this.#bench.account.move(id, [to])
      else this.#bench.account.setKeywords(id, { $seen: this.#dice.chance(0.5) })
    }
    return `bulk ${isMove ? `move to ${to}` : '$seen'} of ${ids.length}`
  }

  #oldDate(): number {
    return this.#bench.clock.now() - this.#dice.below(90) * 60_000
  }

  #someKeywords(): string[] {
    return THEIR_KEYWORDS.filter(() => this.#dice.chance(0.3))
  }

  /** Changes that meet the answer of a window of this mailbox on its way. */
  actIn(mailboxId: string): string {
    const ids = [...(this.#bench.account.mailboxes.get(mailboxId)?.emails ?? [])].map((email) => email.id)
    const done = ids.filter(() => this.#dice.chance(0.5))
    for (const id of done) this.#bench.account.setKeywords(id, { $answered: this.#dice.chance(0.5) })
    return `$answered on ${done.join(' ')}; ${this.#mergingReply()}; ${this.#mergingReply()}`
  }

  #anyEmail(): string | undefined {
    return this.#dice.pick([...this.#bench.account.emails.keys()])
  }

  #anyMailbox(): string {
    const ids = [...this.#bench.account.mailboxes.keys()]
    return this.#dice.chance(this.#inboxShare)
      ? this.#bench.mailboxId('inbox')
      : (this.#dice.pick(ids) ?? this.#bench.mailboxId('inbox'))
  }
}
