import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { hallJpeg } from '../files/pictures.ts'
import { compose, quotedPrintable } from './compose.ts'
import { encodePerson, encodeText, parameter } from './header-fields.ts'

const person = { name: 'Zoë “Zo” Ünal', email: 'zo@unal.example' }
const envelope = { messageId: 'a.0@unal.example', references: [], at: Date.parse('2026-11-23T13:32:00Z') }

describe('composing a message', () => {
  it('keeps every script through its encoding', async () => {
    const line = 'naïve café, 日本語のテキスト, مرحبا, 👩‍👩‍👧‍👦'
    const text = `${line}\r\n`.repeat(9)
    const subject = `${line} `.repeat(3).trim()
    const parsed = await PostalMime.parse(compose({ from: person, to: [person], subject, text }, envelope))
    expect(parsed.text).toBe(text)
    expect(parsed.subject).toBe(subject)
    expect(parsed.from).toMatchObject({ name: person.name, address: person.email })
  })

  it('is ASCII with lines that SMTP allows', () => {
    const message = compose(
      { from: person, to: [person], subject: 'x', html: `<p>${'ä'.repeat(5000)}</p>`, text: 'y'.repeat(5000) },
      envelope,
    )
    expect(message).toMatch(/^[\t\r\n\x20-\x7e]*$/)
    expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })

  it('nests alternative in related in mixed, and gives files their names and bytes', async () => {
    const bytes = new Uint8Array([1, 2, 3, 255])
    const files = [
      { name: 'größe.pdf', type: 'application/pdf', bytes: () => bytes },
      { name: 'in.png', type: 'image/png', bytes: () => bytes, cid: 'pic@unal.example' },
    ]
    const parsed = await PostalMime.parse(
      compose(
        { from: person, to: [], subject: 's', text: 't', html: '<img src="cid:pic@unal.example">', files },
        envelope,
      ),
    )
    expect(parsed.text).toContain('t')
    expect(parsed.html).toContain('cid:')
    expect(
      parsed.attachments.map(({ filename, disposition, contentId }) => [filename, disposition, contentId]),
    ).toEqual([
      ['in.png', 'inline', '<pic@unal.example>'],
      ['größe.pdf', 'attachment', undefined],
    ])
    expect(new Uint8Array(parsed.attachments[1]!.content as ArrayBuffer)).toEqual(bytes)
  })

  it('sends ISO 8859-1 where a letter asks for it', async () => {
    const message = compose({ from: person, to: [], subject: 's', text: 'fällig, größer', isLatin1: true }, envelope)
    expect(message).toContain('charset=iso-8859-1')
    expect(message).toContain('f=E4llig')
    expect((await PostalMime.parse(message)).text).toContain('fällig, größer')
  })

  it('writes blanks at the end of a quoted-printable line out', () => {
    expect(quotedPrintable(Buffer.from('a \r\nb=c'))).toBe('a=20\r\nb=3Dc')
  })

  it('encodes header texts and parameters', () => {
    expect(encodeText('plain')).toBe('plain')
    expect(
      encodeText('日本'.repeat(20))
        .split('\r\n ')
        .every((word) => word.length <= 75),
    ).toBe(true)
    expect(encodePerson({ name: 'Farrow, Dot', email: 'd@f.example' })).toBe('"Farrow, Dot" <d@f.example>')
    expect(parameter('filename', 'a b.pdf')).toBe('filename="a b.pdf"')
    expect(parameter('filename', 'é.pdf')).toBe("filename*=utf-8''%C3%A9.pdf")
  })

  it('paints a JPEG of the size that the picture of the design names', () => {
    const jpeg = hallJpeg()
    expect(jpeg.length).toBe(2_098_144)
    expect([...jpeg.subarray(0, 4), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9])
  })
})
