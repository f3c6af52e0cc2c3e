/** A message put into an account at the in-process server, as SMTP or an import does. */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { EmailId } from '../../src/jmap/types.ts'

export interface Delivery {
  readonly subject?: string
  readonly text?: string
  readonly at?: number
  readonly mailbox?: string
  readonly keywords?: readonly string[]
  readonly messageId?: string
  readonly references?: readonly string[]
}

/** The account's `n`th, which names what `options` leaves out. */
export function deliverTo(
  account: MailAccount,
  n: number,
  options: Delivery & { readonly at: number; readonly mailbox: string },
): EmailId {
  const { at, mailbox, keywords, references, subject = `Message ${n}`, messageId = `m${n}@example.test` } = options
  const raw = [
    `From: Ada <ada@example.test>`,
    `To: mara@example.test`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    ...(references ? [`References: ${references.map((id) => `<${id}>`).join(' ')}`] : []),
    `Date: ${new Date(at).toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    options.text ?? `Text ${n}`,
  ].join('\r\n')
  const placed = { mailboxIds: [mailbox], receivedAt: at, ...(keywords ? { keywords } : {}) }
  return account.deliver(raw, placed).id as EmailId
}
