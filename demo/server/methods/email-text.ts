/** Text search: whole words, ANDed, `"phrases"`, case and accents folded (RFC 8621 §4.4.1; M14). */
import { bodyValue, htmlToText } from '../mime/body-parts.ts'
import { asAddresses } from '../mime/header-forms.ts'
import type { Address } from '../mime/header-forms.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { lastHeader, messageOf } from '../store/stored-email.ts'

export type TextField = 'text' | 'from' | 'to' | 'cc' | 'bcc' | 'subject' | 'body'

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The terms of a search string, folded; a phrase is one term. */
export function searchTerms(query: string): string[] {
  return [...query.matchAll(/"([^"]*)"|(\S+)/g)]
    .map((match) => fold(match[1] ?? match[2] ?? ''))
    .filter((term) => term !== '')
}

export function textMatcher(query: string): (text: string) => boolean {
  const terms = searchTerms(query).map((term) => ` ${term} `)
  return (text) => {
    const padded = ` ${fold(text)} `
    // Scripts written without blanks have no words to be whole.
    return terms.every((term) => padded.includes(/[\u3040-\u30ff\u3400-\u9fff]/.test(term) ? term.trim() : term))
  }
}

const addresses = (list: readonly Address[] | null): string =>
  (list ?? []).map((address) => `${address.name ?? ''} ${address.email}`).join(' ')

export function searchText(email: StoredEmail, field: TextField): string {
  const { meta } = email
  switch (field) {
    case 'from':
    case 'to':
    case 'cc':
      return addresses(meta[field])
    case 'bcc':
      return addresses(asAddresses(lastHeader(messageOf(email).headers, 'bcc') ?? ''))
    case 'subject':
      return meta.subject ?? ''
    case 'body':
      return bodyText(email)
    case 'text': {
      const head = [addresses(meta.from), addresses(meta.to), addresses(meta.cc), meta.subject ?? '']
      return [...head, bodyText(email)].join(' ')
    }
  }
}

const bodies = new WeakMap<StoredEmail, string>()

export function bodyText(email: StoredEmail): string {
  const known = bodies.get(email)
  if (known !== undefined) return known
  const text = messageOf(email)
    .textBody.filter((part) => part.type.startsWith('text/'))
    .map((part) => {
      const { value } = bodyValue(part, 0)
      return part.type === 'text/html' ? htmlToText(value) : value
    })
    .join(' ')
  bodies.set(email, text)
  return text
}
