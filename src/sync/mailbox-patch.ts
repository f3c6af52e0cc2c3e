/** Of a changed Mailbox the server may send only what it named in `updatedProperties` (RFC 8621 §2.2). */
import { toMailbox } from '../mail/email-properties.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'

export interface MailboxPatch {
  readonly id: MailboxId
  readonly properties: Partial<Mailbox>
}

const COUNTS = ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads'] as const

/** A whole Mailbox if the server sent one, else the counts it sent. Anything else in a partial object is not believed. */
export function toMailboxPatch(raw: Record<string, unknown> & { id: string }): MailboxPatch {
  const id = raw.id as MailboxId
  const whole = 'name' in raw ? toMailbox(raw) : undefined
  if (whole) return { id, properties: whole }
  const properties: Record<string, number> = {}
  for (const name of COUNTS) {
    const value = raw[name]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) properties[name] = value
  }
  return { id, properties }
}
