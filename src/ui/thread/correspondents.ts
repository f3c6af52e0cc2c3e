/** Who writes to whom, as words and shapes for a letter's head. */
import { thread as t } from '../../i18n/en/thread.ts'
import { displayName, hueOf, initialsOf, isMachine, stripBidi } from '../../mail/addresses.ts'
import { caughtAddress } from '../../mail/caught-address.ts'
import type { Email, EmailAddress } from '../../jmap/types.ts'

export interface Sender {
  /** In full, for an open letter. */
  readonly name: string
  /** For a folded one: "You", or the first name of a person. */
  readonly short: string
  /** Within a sentence: "you", or as `short`. */
  readonly inline: string
  readonly address: string
  readonly initials: string
  /** Null: a machine, drawn as a stone square. */
  readonly hue: number | null
}

/** More people than this are counted, not named. */
const mostNames = 3

export function senderOf(email: Email, own: readonly string[]): Sender {
  const address = email.from?.[0]
  if (!address) return { name: t.nobody, short: t.nobody, inline: t.nobody, address: '', initials: '?', hue: null }
  const name = displayName(address)
  const machine = email.isBulk || isMachine(address)
  const isOwn = isOwnAddress(address, own)
  const short = machine ? name : firstName(address)
  return {
    name,
    short: isOwn ? t.You : short,
    inline: isOwn ? t.you : short,
    address: stripBidi(address.email),
    initials: initialsOf(address),
    hue: machine ? null : hueOf(address.email),
  }
}

/** Each of the senders once, for "4 earlier messages from Ilya, Nadia and you". */
export function inlineNames(emails: readonly Email[], own: readonly string[]): readonly string[] {
  const names = [...new Set(emails.map((email) => senderOf(email, own).inline))]
  return firstOf(names, names.length)
}

/** The names, or of too many the first and how many more of `count` there are. */
function firstOf(names: readonly string[], count: number): readonly string[] {
  return names.length > mostNames ? [...names.slice(0, 2), t.others(count - 2)] : names
}

/** "to you and Tomas", "to you at shop@lindqvist.example" where a catch-all took it in. */
export function recipientNames(email: Email, own: readonly string[]): string {
  const all = [...(email.to ?? []), ...(email.cc ?? [])]
  if (all.length === 0) return t.toNobody
  const caught = caughtAddress(email, own)
  const nameOf = (address: EmailAddress): string => {
    if (address.email.toLowerCase() === caught) return t.youAt(stripBidi(address.email))
    return isOwnAddress(address, own) ? t.you : firstName(address)
  }
  // two of one name are two of those who are counted
  return t.to(firstOf([...new Set(all.map(nameOf))], all.length))
}

/** "Lena Lindqvist <lena@ekhult.example>", with nothing in it that turns the direction of what follows. */
export function fullAddress(address: EmailAddress): string {
  const email = stripBidi(address.email)
  const name = stripBidi(address.name ?? '').trim()
  return name && name !== email ? `${name} <${email}>` : email
}

function isOwnAddress(address: EmailAddress, own: readonly string[]): boolean {
  return own.includes(address.email.toLowerCase())
}

/** The word before the first space, where a name has one: "Lindqvist, Lena" and names without spaces stay whole. */
function firstName(address: EmailAddress): string {
  const name = displayName(address)
  if (name.includes('@') || name.includes(',')) return name
  return name.split(' ')[0] ?? name
}
