import { describe, expect, it } from 'vitest'
import type { Email } from '../../jmap/types.ts'
import { threadRows } from '../../mail/thread-rows.ts'
import { aBody, anEmail, aThread, INBOX } from '../testing/rows.ts'
import type { StoreName, Stores } from '../storage/schema.ts'
import { pack, unpack } from './packing.ts'

/** Through a structured clone, as the database keeps it. */
function again<S extends StoreName>(store: S, row: Stores[S]['value']): Stores[S]['value'] | undefined {
  return unpack(store, structuredClone(pack(store, row)) as typeof row)
}

const hostile = [
  '',
  '\u0000\u0001\u001f\u007f "quoted" \\ back \n',
  '","receivedAt":"',
  '{"keywords":{"$seen":true},"mailboxIds":{"x":true}}',
  '$& $1 $$ $`',
  '\ud800 alone \udfff',
  '🦊 ünï – “curly”',
  '__proto__',
]

describe('rows in the database', () => {
  it('come out as they went in, whatever their texts say', () => {
    const pairs = hostile.flatMap((one) => hostile.map((two) => [one, two] as const))
    for (const [index, [one, two]] of pairs.entries()) {
      const isOdd = index % 2 === 1
      const email: Email = anEmail(`e${String(index)}`, {
        subject: isOdd ? null : one + two,
        preview: two,
        from: [{ name: isOdd ? null : one, email: two }],
        to: isOdd ? null : [{ name: one, email: two }],
        cc: isOdd ? [] : [{ name: two, email: one }],
        keywords: Object.fromEntries([one, two, '$flagged'].map((keyword) => [keyword, true])),
        messageId: isOdd ? null : [one],
        hasAttachment: isOdd,
        ...(isOdd ? { sentTo: [one, '', ''] } : {}),
      })
      expect(again('emails', email)).toEqual(email)
      const row = threadRows(aThread('t', email.id), [email]).get(INBOX)
      expect(row).toBeDefined()
      if (row) expect(again('entries', row)).toEqual(row)
      const body = aBody(email.id, one + two)
      expect(again('bodies', body)).toEqual(body)
    }
  })

  it('are found by what is indexed', () => {
    const { id, threadId, blobId, receivedAt } = anEmail('a')
    expect(pack('emails', anEmail('a'))).toMatchObject({ id, threadId, blobId, receivedAt })
  })

  it('are read as earlier builds wrote them', () => {
    expect(unpack('emails', anEmail('a'))).toEqual(anEmail('a'))
    expect(unpack('emails', undefined)).toBeUndefined()
  })

  it('take less than half of what their clones take', () => {
    const email = anEmail('a', {
      preview: 'One curly quote – and a clone takes two bytes for each character of the text.',
    })
    expect((pack('emails', email) as { _: ArrayBuffer })._.byteLength * 2).toBeLessThan(JSON.stringify(email).length)
  })

  it.each([
    ['emails', { ...anEmail('a'), keywords: undefined }],
    ['emails', { id: 'a', _: new TextEncoder().encode('{"half":').buffer }],
    ['emails', { id: 'a', _: 'no bytes' }],
    ['entries', { _: new TextEncoder().encode('null').buffer }],
    ['entries', {}],
  ] as const)('of %s that cannot be read are said to be so', (store, value) => {
    expect(() => unpack(store, value as never)).toThrow(expect.objectContaining({ kind: 'corrupt' }))
  })
})
