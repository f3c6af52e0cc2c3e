import { describe, expect, it } from 'vitest'
import { filesBeside, isBlank, letterContent, plainText } from './letter-parts.ts'
import type { EmailBody, EmailBodyPart } from '../../jmap/types.ts'
import type { LetterOp } from '../../render/letter.ts'

const part = (given: Partial<EmailBodyPart> & { type: string }): EmailBodyPart => ({
  partId: null,
  blobId: null,
  size: 1,
  name: null,
  charset: null,
  disposition: null,
  cid: null,
  ...given,
})
const value = (text: string, flags = {}): EmailBody['bodyValues'][string] => ({
  value: text,
  isEncodingProblem: false,
  isTruncated: false,
  ...flags,
})
const body = (given: Partial<EmailBody>): EmailBody => ({
  id: 'e' as EmailBody['id'],
  sentAt: null,
  bcc: null,
  replyTo: null,
  sender: null,
  textBody: [],
  htmlBody: [],
  attachments: [],
  bodyValues: {},
  ...given,
})
const blob = (id: string): EmailBodyPart['blobId'] => id as EmailBodyPart['blobId']

describe('what a letter shows', () => {
  it('keeps the order of text, picture and HTML parts', () => {
    const content = letterContent(
      body({
        htmlBody: [
          part({ type: 'text/plain', partId: '1' }),
          part({ type: 'image/png', blobId: blob('p') }),
          part({ type: 'text/html', partId: '2' }),
        ],
        bodyValues: { 1: value('above'), 2: value('<p>below</p>', { isTruncated: true }) },
      }),
    )
    expect(content.parts.map(({ kind }) => kind)).toEqual(['text', 'picture', 'html'])
    expect(content.files).toEqual([])
    expect(content.isTruncated).toBe(true)
  })

  it('lists what browsers do not draw as pixels, once', () => {
    const svg = part({ type: 'image/svg+xml', blobId: blob('s') })
    const content = letterContent(
      body({
        htmlBody: [part({ type: 'text/plain', partId: '1' }), svg],
        attachments: [svg],
        bodyValues: { 1: value('x') },
      }),
    )
    expect(content.parts).toHaveLength(1)
    expect(content.files).toEqual([svg])
  })

  it('shows the plain text when the server names no HTML body with a value', () => {
    const content = letterContent(
      body({
        textBody: [part({ type: 'text/plain', partId: '1' })],
        htmlBody: [part({ type: 'text/html', partId: '9' })],
        bodyValues: { 1: value('words') },
      }),
    )
    expect(content.parts).toMatchObject([{ kind: 'text', value: { value: 'words' } }])
  })

  it('takes no part id from the prototype', () => {
    expect(letterContent(body({ textBody: [part({ type: 'text/plain', partId: '__proto__' })] })).parts).toEqual([])
  })

  it('leaves out pictures that the HTML shows, whatever brackets the server gives', () => {
    const shown = part({ type: 'image/png', cid: '<logo@x>', blobId: blob('a') })
    const beside = part({ type: 'image/png', cid: 'other@x', blobId: blob('b') })
    expect(filesBeside([shown, beside], ['logo@x'])).toEqual([beside])
  })

  it('has the plain alternative for where no frame is', () => {
    expect(
      plainText(
        body({
          textBody: [part({ type: 'text/plain', partId: '1' }), part({ type: 'text/html', partId: '2' })],
          bodyValues: { 1: value('words'), 2: value('<b>') },
        }),
      ),
    ).toBe('words')
  })
})

describe('a part that shows nothing', () => {
  const text = (words: string) => ({ kind: 'text' as const, key: 'k', value: value(words) })
  const html = (...ops: LetterOp[]) => ({ kind: 'html' as const, letter: { tree: { ops, images: [] } } })
  const picture = { kind: 'data' as const, url: 'data:image/gif;base64,' }

  it('is text or HTML of nothing but spaces', () => {
    expect([text(''), text(' \n\t\u00a0'), html(), html(['p', [], -1, -1], ' ', 0)].map(isBlank)).not.toContain(false)
  })

  it('is none with a word, with a picture, or while its tree is made', () => {
    const pictured = { kind: 'html' as const, letter: { tree: { ops: [], images: [picture] } } }
    const unmade = { kind: 'html' as const, letter: null }
    expect([text('x'), html(['p', [], -1, -1], 'x', 0), pictured, unmade].map(isBlank)).not.toContain(true)
  })
})
