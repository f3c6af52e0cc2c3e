/**
 * Ten years of an Inbox that nobody tidied up: one message to a conversation, each made of its number when it is asked
 * for. A mailbox of 200,000 is there in seconds, and the same seed gives the same mail.
 */
import type { EmailMeta } from '../../server/store/stored-email.ts'
import type { MailAccount } from '../../server/jmap-server.ts'
import type { Person } from '../letter.ts'
import { encodeDate, encodePeople, encodeText } from '../mime/header-fields.ts'
import { mara, services } from '../people.ts'
import { subSeed } from './draw.ts'

const day = 86_400_000
/** Age of the newest and of the oldest. */
const newest = 8 * day
const oldest = 3_650 * day
/** Of each twenty so many were never opened, unless said otherwise: 30,000 of 200,000. */
const usualUnread = 3

const senders: readonly Person[] = Object.values(services)
const things = [
  'Parcel',
  'Statement',
  'Reservation',
  'Ticket',
  'Invoice',
  'Reminder',
  'Delivery',
  'Appointment',
] as const
const states = ['is ready', 'is on its way', 'was changed', 'has arrived', 'is due soon', 'was confirmed'] as const
const absent = {
  'reply-to': null,
  bcc: null,
  sender: null,
  'list-id': null,
  'list-post': null,
  'list-unsubscribe': null,
  'list-unsubscribe-post': null,
  'x-postern-file': null,
}

export interface Bulk {
  readonly count: number
  readonly seed: number
  readonly now: number
  /** Of each twenty so many were never opened. */
  readonly unreadOfTwenty?: number
}

/** Oldest first. */
export function fillBulk(account: MailAccount, { count, seed, now, unreadOfTwenty = usualUnread }: Bulk): void {
  const inbox = account.mailboxByRole('inbox')
  if (inbox === undefined) throw new Error(`The account ${account.id} has no Inbox.`)
  account.transact(() => {
    for (let number = 0; number < count; number++) {
      const age = oldest - ((oldest - newest) * number) / count
      const receivedAt = Math.floor((now - age) / 1000) * 1000
      const meta = new BulkMeta(seed, number, receivedAt)
      const isUnread = number % 20 < unreadOfTwenty
      account.addKnown(meta, {
        mailboxIds: [inbox.id],
        keywords: isUnread ? [] : ['$seen'],
        receivedAt,
        headers: absent,
        raw: () => meta.raw(),
      })
    }
  })
}

class BulkMeta implements EmailMeta {
  readonly cc = null
  readonly hasAttachment = false
  readonly inReplyTo = null
  readonly references = null
  readonly sentAt: number
  readonly #seed: number
  readonly #number: number

  constructor(seed: number, number: number, receivedAt: number) {
    this.#seed = seed
    this.#number = number
    this.sentAt = receivedAt
  }

  get from(): EmailMeta['from'] {
    return [this.#sender]
  }

  get to(): EmailMeta['to'] {
    return [mara]
  }

  get subject(): string {
    return `${this.#pick(things, 1)} ${String(this.#number + 1)} ${this.#pick(states, 2)}`
  }

  get preview(): string {
    return `${this.#text} ${this.#foot}`
  }

  get messageId(): readonly string[] {
    return [`bulk-${String(this.#seed)}-${String(this.#number)}@${this.#sender.email.replace(/.*@/, '')}`]
  }

  get size(): number {
    return this.raw().length
  }

  raw(): string {
    return [
      `Date: ${encodeDate(this.sentAt)}`,
      `From: ${encodePeople([this.#sender])}`,
      `To: ${encodePeople([mara])}`,
      `Subject: ${encodeText(this.subject)}`,
      `Message-ID: <${this.messageId[0] ?? ''}>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      this.#text,
      '',
      this.#foot,
      '',
    ].join('\r\n')
  }

  get #sender(): Person {
    return this.#pick(senders, 0)
  }

  get #text(): string {
    return `This is to tell you that number ${String(this.#number + 1)} ${this.#pick(states, 2)}.`
  }

  get #foot(): string {
    return 'You need not answer; nobody reads what is sent to this address.'
  }

  #pick<T>(list: readonly T[], which: number): T {
    return list[subSeed(this.#seed, this.#number, which) % list.length] as T
  }
}
