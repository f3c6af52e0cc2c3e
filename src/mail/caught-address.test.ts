import { describe, expect, it } from 'vitest'
import { anEmail } from '../replica/testing/rows.ts'
import { caughtAddress, recipientsOf, rowCaughtAddress } from './caught-address.ts'
import { threadRows } from './thread-rows.ts'
import type { Email, MailboxId } from '../jmap/types.ts'

const own = ['mara@lindqvist.example', 'hi@lindqvist.example']
const to = (...emails: string[]) => emails.map((email) => ({ name: null, email }))
const stranger = to('shop@remote.example')
const mail = (changes: Partial<Email>): Email => anEmail('e', { from: stranger, to: null, cc: null, ...changes })

describe('the address that a catch-all took in', () => {
  it.each<[string, Partial<Email>, string | undefined]>([
    ['To', { to: to('Shop@Lindqvist.example') }, 'shop@lindqvist.example'],
    ['Cc', { to: to('list@remote.example'), cc: to('shop@lindqvist.example') }, 'shop@lindqvist.example'],
    ['an identity beside it', { to: to('tomas@lindqvist.example'), cc: to('mara@lindqvist.example') }, undefined],
    ['only foreign recipients', { to: to('list@remote.example'), sentTo: ['', '', ''] }, undefined],
    [
      'X-Original-To, where Delivered-To is the account (M26)',
      { to: to('list@remote.example'), sentTo: ['<trip@lindqvist.example>', '', 'mara@lindqvist.example'] },
      'trip@lindqvist.example',
    ],
    [
      'Envelope-To of an identity',
      { to: to('tomas@lindqvist.example'), sentTo: ['', 'mara@lindqvist.example', ''] },
      undefined,
    ],
    ['Delivered-To at last', { sentTo: ['', '', 'list-7@lindqvist.example'] }, 'list-7@lindqvist.example'],
    ['the reader as the sender', { from: to(own[0]!), to: to('tomas@lindqvist.example') }, undefined],
    ['nobody', {}, undefined],
  ])('is told by %s', (_what, changes, expected) => {
    const email = mail(changes)
    expect(caughtAddress(email, own)).toBe(expected)
    const mailboxId = Object.keys(email.mailboxIds)[0] as MailboxId
    const row = threadRows(undefined, [email]).get(mailboxId)!
    // A row that was kept before the headers were asked for names To alone.
    if (email.sentTo || !email.cc) expect(rowCaughtAddress(row, own)).toBe(expected)
  })

  it('is none for whoever has no address', () => {
    expect(caughtAddress(mail({ to: to('shop@lindqvist.example') }), [])).toBeUndefined()
  })

  it('reads every recipient, in order, without case', () => {
    const email = mail({
      to: to('A@x.example'),
      cc: to('b@x.example'),
      sentTo: ['Some <C@x.example>', '', 'd@x.example'],
    })
    expect(recipientsOf(email)).toEqual(['a@x.example', 'b@x.example', 'c@x.example', '', 'd@x.example'])
  })
})
