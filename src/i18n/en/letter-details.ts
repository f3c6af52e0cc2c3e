import { number } from '../numbers.ts'

/** The fields of a letter's head. */
export const details = {
  from: 'From',
  sender: 'Sent by',
  replyTo: 'Reply to',
  writtenTo: 'Written to',
  /** After an address. */
  caught: ', caught by your catch-all',
  toField: 'To',
  cc: 'Cc',
  bcc: 'Bcc',
  /** So many of those that are not shown. */
  more: (count: number, left: number) =>
    count < left ? `Show ${number(count)} of ${number(left)} more` : `Show ${number(left)} more`,
  sent: 'Sent',
  received: 'Received',
  /** The mailing list that it came through. */
  list: 'List',
  messageId: 'Message-ID',
  /** How long it was on its way. */
  later: (duration: string) => `${duration} later`,
}
