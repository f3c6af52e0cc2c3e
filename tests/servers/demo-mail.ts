/** The demo's mail as whole messages, for servers that it is appended to. */
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import { demoPeople, fillDemo } from '../../demo/mailbox/demo-mailbox.ts'
import type { AppendedMessage } from './append-mail.ts'

const DAY_MS = 86_400_000

/** Oldest first, over so many days. */
export function demoMail(count: number, days: number): AppendedMessage[] {
  const demo = createJmapServer({ users: demoPeople.users, origin: 'http://demo.test' })
  const now = Date.now()
  fillDemo(demo, { messages: count, seed: 1, now })
  const emails = [...demo.accountOf(demoPeople.mara.username).emails.values()]
    .sort((a, b) => a.receivedAt - b.receivedAt)
    .slice(-count)
  const mail = emails.map((email, index) => ({
    raw: withoutNuls(email.raw()),
    receivedAt: now - (days * DAY_MS * (emails.length - index)) / emails.length,
    isSeen: email.keywords.has('$seen'),
  }))
  demo.close()
  return mail
}

/** IMAP has no NUL (RFC 3501 §4.3.1), and Cyrus wants CRLF. */
function withoutNuls(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString('latin1').replaceAll('\0', ' ')
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1')
}
