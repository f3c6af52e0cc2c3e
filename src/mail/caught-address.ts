/**
 * Which address of the reader's domain a message was written to when it is no identity's: a catch-all took it in.
 * Stalwart writes the catching account into Delivered-To, not the address (M26), so the recipients are asked first.
 */
import type { Email, EmailAddress } from '../jmap/types.ts'
import type { ThreadRow } from './list.ts'

type SentTo = Pick<Email, 'to' | 'cc' | 'sentTo'>

/** Every address a message says it went to, lower case, the most telling first and Delivered-To last. */
export function recipientsOf({ to, cc, sentTo }: SentTo): readonly string[] {
  return [...emails(to), ...emails(cc), ...(sentTo ?? NOT_ASKED)].map(bare)
}

/**
 * Undefined where the message came by an identity, where no own address is named, and where the reader wrote it. `own`:
 * the identities' addresses, lower case. Others may have addresses at the same domain: what also went to an identity
 * says nothing of a catch-all.
 */
export function caughtAddress(email: SentTo & Pick<Email, 'from'>, own: readonly string[]): string | undefined {
  return caught(email.from?.[0]?.email, recipientsOf(email), own)
}

/** The same of a row's representative. */
export function rowCaughtAddress(row: ThreadRow, own: readonly string[]): string | undefined {
  const sender = row.messages.find((message) => message.id === row.emailId)?.from?.email
  return caught(sender, [...emails(row.to), ...(row.alsoTo ?? NOT_ASKED)].map(bare), own)
}

const NOT_ASKED: readonly string[] = ['', '', '']

function caught(sender = '', recipients: readonly string[], own: readonly string[]): string | undefined {
  // The last is Delivered-To, where an identity's address is the rule and says nothing.
  if ([sender.toLowerCase(), ...recipients.slice(0, -1)].some((address) => own.includes(address))) return undefined
  const domains = new Set(own.map(domainOf))
  return recipients.find((address) => domains.has(domainOf(address)) && !own.includes(address))
}

function emails(addresses: readonly EmailAddress[] | null): string[] {
  return (addresses ?? []).map((address) => address.email)
}

/** Of a header as text: without what may stand around the address. */
function bare(address: string): string {
  return (/<([^<>]*)>/.exec(address)?.[1] ?? address).trim().toLowerCase()
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
