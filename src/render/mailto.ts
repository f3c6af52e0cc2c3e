/** `mailto:` (RFC 6068), by a list of what may be in it: everything else that a link asks for is not done. */

export interface MailtoAddresses {
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
}

/** Far more than a link holds for a reason. */
const MAX_ADDRESSES = 10_000

/** What breaks a line or turns its direction: an address with it would show as another, or begin a field of its own. */
// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

export function parseMailto(href: string): MailtoAddresses {
  const rest = href.replace(/^mailto:/i, '').replace(/#.*$/s, '')
  const mark = rest.indexOf('?')
  const fields: Record<'to' | 'cc' | 'bcc', string[]> = { to: [], cc: [], bcc: [] }
  let subject = ''
  fields.to.push(...addressesIn(mark < 0 ? rest : rest.slice(0, mark)))
  for (const field of mark < 0 ? [] : rest.slice(mark + 1).split('&')) {
    const equals = field.indexOf('=')
    const name = decoded(field.slice(0, Math.max(0, equals))).toLowerCase()
    const value = field.slice(equals + 1)
    if (name === 'to' || name === 'cc' || name === 'bcc') fields[name].push(...addressesIn(value))
    else if (name === 'subject') subject ||= decoded(value)
  }
  return { ...fields, subject }
}

/** A comma that belongs to an address stands encoded in it (§2). */
function addressesIn(list: string): string[] {
  return list.split(',', MAX_ADDRESSES).flatMap((address) => decoded(address).trim() || [])
}

function decoded(text: string): string {
  let plain = text
  try {
    plain = decodeURIComponent(text)
  } catch {
    // not encoded as it should be: shown as it stands
  }
  return plain.replace(UNSEEN, '')
}
