import { describe, expect, it } from 'vitest'
import { describeRow } from './row-words.ts'
import { eid, INBOX, minute, tid } from '../../replica/testing/rows.ts'
import type { RowContext } from './row-words.ts'
import type { BlobId, EmailAddress } from '../../jmap/types.ts'
import type { RowMessage, ThreadRow } from '../../mail/list.ts'

const mara = { name: 'Mara Lindqvist', email: 'mara@lindqvist.example' }
const lena = { name: 'Lena Lindqvist', email: 'lena@ekhult.example' }
const tomas = { name: 'Tomas Lindqvist', email: 'tomas@lindqvist.example' }
const context: RowContext = { own: [mara.email], now: Date.parse(minute(90)), isOutgoing: false }

let made = 0
const message = (from: EmailAddress | null, isSeen = true): RowMessage => ({
  id: eid(`e${String(++made)}`),
  blobId: `b${String(made)}` as BlobId,
  receivedAt: minute(made),
  from,
  keywords: isSeen ? { $seen: true } : {},
  mailboxIds: { [INBOX]: true },
})
const row = (messages: readonly RowMessage[], changes: Partial<ThreadRow> = {}): ThreadRow => ({
  mailboxId: INBOX,
  threadId: tid('t'),
  emailId: messages.at(-1)?.id ?? eid('none'),
  receivedAt: minute(60),
  subject: 'Who brings what',
  preview: 'The hall is ours',
  to: [],
  hasAttachment: false,
  isBulk: false,
  messages,
  count: messages.length,
  ...changes,
})

describe('what a row says', () => {
  it('names one person in full, several by first names, the reader last', () => {
    expect(describeRow(row([message(lena)]), context).senders).toBe('Lena Lindqvist')
    expect(describeRow(row([message(mara), message(tomas), message(lena)]), context).senders).toBe('Lena, Tomas, you')
  })

  it('makes one sentence of it for the link', () => {
    const words = describeRow(row([message(lena, false)], { hasAttachment: true }), context)
    expect(words.isUnread).toBe(true)
    expect(words.sentence).toBe(`Unread, Lena Lindqvist, Who brings what, ${words.time}, has attachment`)
  })

  it('gives colour to people only', () => {
    expect(describeRow(row([message(lena)]), context).hue).toBeTypeOf('number')
    expect(describeRow(row([message(lena)], { isBulk: true }), context).hue).toBeNull()
    expect(describeRow(row([message({ name: 'Shop', email: 'no-reply@shop.example' })]), context).hue).toBeNull()
  })

  it('says in Sent and Drafts whom a message is for', () => {
    const sent = { ...context, isOutgoing: true }
    expect(describeRow(row([message(mara)], { to: [lena] }), sent).senders).toBe('To Lena Lindqvist')
    expect(describeRow(row([message(mara)], { to: [lena, mara] }), sent).senders).toBe('To Lena, you')
    expect(describeRow(row([message(mara)]), sent).senders).toBe('To no recipient')
  })

  it('has words for what is missing, and lets nothing turn the direction of the sentence', () => {
    const words = describeRow(row([message(null)], { subject: '\u202Egnp.exe' }), context)
    expect(words.senders).toBe('No sender')
    expect(words.subject).toBe('gnp.exe')
    expect(describeRow(row([message(lena)], { subject: null }), context).subject).toBe('(no subject)')
  })
})
