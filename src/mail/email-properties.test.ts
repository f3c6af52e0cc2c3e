import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { toEmailBody } from './body-properties.ts'
import { toEmail, toMailbox, toThread } from './email-properties.ts'
import { toIdentity } from './identity.ts'

const RAW = {
  id: 'e1',
  blobId: 'b1',
  threadId: 't1',
  mailboxIds: { m1: true },
  keywords: { $seen: true },
  size: 12,
  receivedAt: '2026-11-25T10:00:00Z',
  from: [{ name: 'Ada', email: 'ada@example.test' }],
  to: null,
  cc: [],
  subject: 'Hello',
  preview: 'Dear all',
  hasAttachment: true,
  messageId: ['x@y'],
}

afterEach(() => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('toEmail', () => {
  it('reads what the RFC says', () => {
    expect(toEmail(RAW)).toEqual({ ...RAW, sentTo: ['', '', ''], isBulk: false })
    const headers = { 'header:X-Original-To:asText': 'shop@x', 'header:Delivered-To:asText': 'mara@x' }
    expect(toEmail({ ...RAW, ...headers })?.sentTo).toEqual(['shop@x', '', 'mara@x'])
  })

  it.each([
    [{ 'header:List-Id:asText': 'dev.example.test' }, true],
    [{ 'header:List-Id:asText': null }, false],
    [{ 'header:Auto-Submitted:asText': 'auto-generated' }, true],
    [{ 'header:Auto-Submitted:asText': ' No; really' }, false],
    [{ 'header:Auto-Submitted:asText': 7 }, false],
  ])('%j: isBulk is %s', (headers, isBulk) => {
    expect(toEmail({ ...RAW, ...headers })?.isBulk).toBe(isBulk)
  })

  it('survives wrong types everywhere', () => {
    const wrong = {
      subject: [],
      from: 'x',
      keywords: [],
      mailboxIds: null,
      receivedAt: 'never',
      size: 2 ** 53,
      preview: 1,
    }
    expect(toEmail({ id: 'e1', blobId: 'b1', threadId: 't1', ...wrong })).toEqual({
      ...{
        id: 'e1',
        blobId: 'b1',
        threadId: 't1',
        mailboxIds: {},
        keywords: {},
        size: 0,
        from: null,
        to: null,
        cc: null,
      },
      ...{ receivedAt: '1970-01-01T00:00:00Z', subject: null, preview: '', hasAttachment: false, messageId: null },
      sentTo: ['', '', ''],
      isBulk: false,
    })
  })

  it.each(['__proto__', 'constructor', 'hasOwnProperty', '$seen/../x', '<img src=x:x onerror=alert(1)>'])(
    'takes the keyword %s as a key and nothing else',
    (keyword) => {
      const raw = JSON.parse(JSON.stringify(RAW).replace('$seen', keyword)) as unknown
      const keywords = toEmail(raw)?.keywords ?? {}
      expect(Object.keys(keywords)).toEqual([keyword.toLowerCase()])
      expect(Object.getPrototypeOf(keywords)).toBe(Object.prototype)
    },
  )

  it.each([
    null,
    undefined,
    7,
    'x',
    [],
    { ...RAW, id: '../../x"><img>' },
    { ...RAW, blobId: '../../../admin?x=' },
    { id: 'e1' },
  ])('refuses %j', (raw) => {
    expect(toEmail(raw)).toBeUndefined()
  })

  it('takes nothing from a prototype', () => {
    expect(toEmail(Object.create(RAW))).toBeUndefined()
  })

  it('cuts what no mail holds', () => {
    const email = toEmail({
      ...RAW,
      subject: 'x'.repeat(1e6),
      preview: 'y'.repeat(1e6),
      from: Array<object>(1e5).fill({ email: 'a@b' }),
    })
    expect(email?.subject?.length).toBe(2000)
    expect(email?.preview.length).toBe(300)
    expect(email?.from?.length).toBe(10_000)
  })

  it.each([
    ['<html><head><style>p{}</style></head><p>Hello &amp; <b>welcome</b>', 'Hello & welcome'],
    ['<!-- x --><script>alert(1)</script>Hi', 'Hi'],
    ['a < b and c > d', 'a < b and c > d'],
    ['<ada@example.test> wrote:', '<ada@example.test> wrote:'],
    ['  two\r\n lines ', 'two lines'],
  ])('makes a line of the preview %j', (preview, expected) => {
    expect(toEmail({ ...RAW, preview })?.preview).toBe(expected)
  })
})

describe('toEmailBody', () => {
  it('reads parts and values', () => {
    const part = {
      partId: '1',
      blobId: 'b',
      size: 3,
      name: null,
      type: 'Text/HTML',
      charset: 'utf-8',
      disposition: 'INLINE',
      cid: 'c',
    }
    const body = toEmailBody({
      id: 'e1',
      htmlBody: [part, 7],
      bodyValues: { '1': { value: 'x', isTruncated: true }, '2': null },
    })
    expect(body?.htmlBody).toEqual([{ ...part, type: 'text/html', disposition: 'inline' }])
    expect(body?.bodyValues).toEqual({ '1': { value: 'x', isEncodingProblem: false, isTruncated: true } })
    expect(body).toMatchObject({ sentAt: null, bcc: null, textBody: [], attachments: [] })
  })

  it('gives a part with a hostile blobId nothing to download', () => {
    expect(toEmailBody({ id: 'e1', attachments: [{ blobId: '../../../admin?x=' }] })?.attachments[0]?.blobId).toBeNull()
  })
})

describe('trace of toEmailBody', () => {
  const traceOf = (headers: unknown) => toEmailBody({ id: 'e1', headers })?.trace
  const field = (name: string, value = 'x') => ({ name, value: ` ${value}` })

  it('is what servers wrote about the way, in order', () => {
    const headers = [
      field('RECEIVED', '1'),
      field('Subject'),
      field('Authentication-Results', '2'),
      field('X-Spam-Score', '3'),
    ]
    expect(traceOf(headers)).toEqual([
      { name: 'RECEIVED', value: '1' },
      { name: 'Authentication-Results', value: '2' },
      { name: 'X-Spam-Score', value: '3' },
    ])
  })

  it('keeps the place of what is too long to be read, and an end', () => {
    const long = [field('Authentication-Results', 'x'.repeat(9_000)), field('Authentication-Results', 'y')]
    expect(traceOf(long)?.map(({ value }) => value)).toEqual(['', 'y'])
    expect(traceOf(Array.from({ length: 10_000 }, () => field('Authentication-Results')))).toHaveLength(40)
  })

  it.each([[undefined], ['x'], [[null, 7, { name: 7 }, { value: 'x' }]], [[field('Received-SPF')]]])(
    'is none in %j',
    (headers) => {
      expect(traceOf(headers)).toEqual([])
    },
  )
})

describe('toThread', () => {
  it('keeps the order, drops doubles and what is no id', () => {
    expect(toThread({ id: 't', emailIds: ['a', 'b', 'a', 7, '../x'] })).toEqual({ id: 't', emailIds: ['a', 'b'] })
    expect(toThread({ id: 't' })).toEqual({ id: 't', emailIds: [] })
    expect(toThread({ emailIds: [] })).toBeUndefined()
  })
})

describe('toMailbox', () => {
  it('gives no right that was not given', () => {
    const mailbox = toMailbox({ id: 'm', name: 'x', myRights: { mayReadItems: true, maySetSeen: 'yes' } })
    expect(mailbox?.myRights).toMatchObject({ mayReadItems: true, maySetSeen: false, mayDelete: false })
  })

  it('knows the role spam as junk', () => {
    expect(toMailbox({ id: 'm', role: 'spam' })?.role).toBe('junk')
  })

  it('falls back to messages where threads are not counted', () => {
    const mailbox = toMailbox({ id: 'm', role: 'INBOX', totalEmails: 5, unreadEmails: 2, unreadThreads: -1 })
    expect(mailbox).toMatchObject({
      role: 'inbox',
      totalThreads: 5,
      unreadThreads: 0,
      name: '',
      parentId: null,
      sortOrder: 0,
    })
  })
})

it('carries no line break from an identity', () => {
  expect(toIdentity({ id: 'i', name: 'Me\r\nBcc: x@attacker.test', email: 'me@example.test' })?.name).toBe('Me')
  expect(toIdentity({ id: 'i', name: 'Me', email: 'me@example.test\nBcc: x' })).toBeUndefined()
})

it('never throws, whatever JSON comes', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
      const raw = {
        ...RAW,
        mailboxIds: value,
        keywords: other,
        from: value,
        subject: other,
        bodyValues: value,
        textBody: other,
        emailIds: value,
        myRights: other,
      }
      for (const read of [toEmail, toEmailBody, toThread, toMailbox, toIdentity]) {
        read(value)
        read(raw)
      }
    }),
  )
})
