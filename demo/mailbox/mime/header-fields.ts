/** Header fields of a message, encoded (RFC 5322, RFC 2047, RFC 2231). */
import type { Person } from '../letter.ts'

/** So many bytes make an encoded word of at most 75 characters. */
const wordBytes = 42

/** A text as it may stand in a header: as it is, or as encoded words that end at whole characters. */
export function encodeText(text: string): string {
  if (isAscii(text)) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > wordBytes) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ')
}

export function encodePerson({ name, email }: Person): string {
  if (name === '') return email
  const isPlain = /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*$/.test(name)
  if (isPlain) return `${name} <${email}>`
  return isAscii(name) ? `"${name.replace(/["\\]/g, '\\$&')}" <${email}>` : `${encodeText(name)} <${email}>`
}

export function encodePeople(people: readonly Person[]): string {
  return people.map(encodePerson).join(',\r\n ')
}

/** A parameter such as a file's name, in the form of RFC 2231 where it needs one. */
export function parameter(name: string, value: string): string {
  if (isAscii(value)) return `${name}="${value.replace(/["\\]/g, '\\$&')}"`
  const encoded = encodeURIComponent(value).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${name}*=utf-8''${encoded}`
}

/** RFC 5322 §3.3, in the time zone that the people of the demo live in during winter. */
export function encodeDate(at: number): string {
  const local = new Date(at + 3_600_000).toUTCString()
  return local.replace('GMT', '+0100')
}

/** Splits long lists of ids over lines. */
export function encodeIds(ids: readonly string[]): string {
  return ids.map((id) => `<${id}>`).join('\r\n ')
}

export function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant, control characters too
  return /^[\x00-\x7f]*$/.test(text)
}
