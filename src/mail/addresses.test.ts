import { describe, expect, it } from 'vitest'
import { displayName, hueOf, initialsOf, isMachine, isSamePerson, stripBidi } from './addresses.ts'

const address = (name: string | null, email = 'ada@example.test'): { name: string | null; email: string } => ({
  name,
  email,
})

describe('displayName', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada\t\n Lovelace ', 'Ada Lovelace'],
    ['"Lovelace, Ada"', 'Lovelace, Ada'],
    [null, 'ada@example.test'],
    ['', 'ada@example.test'],
    ['\u200b\u2060\u3164', 'ada@example.test'],
    ['moc.knab\u202e', 'moc.knab'],
    ['<img src=x>', '<img src=x>'],
  ])('of %j is %j', (name, expected) => {
    expect(displayName(address(name))).toBe(expected)
  })
})

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Ada King Lovelace', 'AL'],
    ['ada', 'A'],
    ['Lovelace, Ada', 'LA'],
    ['(Support) "Team"', 'ST'],
    ['élan vital', 'ÉV'],
    ['e\u0301lan vital', 'E\u0301V'],
    ['山田 太郎', '山'],
    ['김민수', '김'],
    ['محمد علي', 'م'],
    ['דנה לוי', 'ד'],
    ['नमस्ते दुनिया', 'नदु'],
    ['ß', 'ß'],
    ['🦊', 'A'],
    [null, 'A'],
  ])('of %j are %j', (name, expected) => {
    expect(initialsOf(address(name))).toBe(expected)
  })

  it('has something for an address without a letter', () => {
    expect(initialsOf(address(null, '…@-'))).toBe('?')
  })
})

describe('hueOf', () => {
  it('is FNV-1a of the lower-cased address over the twelve hues', () => {
    // The published vectors: fnv1a("") = 0x811c9dc5, fnv1a("a") = 0xe40c292c, fnv1a("foobar") = 0xbf9cf968.
    const hues = [0, 25, 95, 125, 150, 170, 195, 215, 240, 265, 295, 330]
    expect(hueOf('')).toBe(hues[0x811c9dc5 % 12])
    expect(hueOf('A')).toBe(hues[0xe40c292c % 12])
    expect(hueOf(address(null, 'FooBar'))).toBe(hues[0xbf9cf968 % 12])
  })
})

describe('isMachine', () => {
  it.each([
    ['no-reply@shop.test', true],
    ['NoReply@shop.test', true],
    ['orders-noreply@shop.test', true],
    ['do_not_reply@shop.test', true],
    ['newsletter@shop.test', true],
    ['bounce+x=y@shop.test', true],
    ['mailer-daemon@shop.test', true],
    ['nora@noreply.test', false],
    ['newsome@people.test', false],
    ['notify', false],
  ])('%s: %s', (email, expected) => {
    expect(isMachine(address(null, email))).toBe(expected)
  })
})

it('strips what turns the direction, and breaks no line', () => {
  expect(stripBidi('a\u202eb\u2066c\u200fd\r\ne')).toBe('abcd  e')
})

it('compares persons by address alone', () => {
  expect(isSamePerson(address('Bank', 'A@x.test'), address('Ada', 'a@X.test'))).toBe(true)
  expect(isSamePerson(address('Ada', 'a@x.test'), address('Ada', 'b@x.test'))).toBe(false)
})
