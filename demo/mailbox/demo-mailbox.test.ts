import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { createJmapServer, type MailAccount } from '../server/jmap-server.ts'
import { demoPeople, fillDemo } from './demo-mailbox.ts'

const now = Date.parse('2026-11-23T14:40:00+01:00')

function mailbox(
  options: { messages?: number; seed?: number; like?: 'plain' | 'stalwart' | 'cyrus' } = {},
): MailAccount {
  const { like = 'plain', seed = 1, ...size } = options
  const server = createJmapServer({ users: demoPeople.users, like })
  fillDemo(server, { seed, now, ...size })
  return server.accountOf(demoPeople.mara.username)
}

const emails = (account: MailAccount) => [...account.emails.values()].sort((a, b) => b.receivedAt - a.receivedAt)
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('the demo mailbox', () => {
  it.each(['plain', 'stalwart', 'cyrus'] as const)('has the counts of the pictures on a server like %s', (like) => {
    const account = mailbox({ like })
    const counts = (name: string) => account.mailboxByName(name) ?? account.mailboxByRole(name)!
    expect(account.emails.size).toBe(2000)
    expect(counts('inbox')).toMatchObject({ totalThreads: 214, unreadThreads: 9, unreadEmails: 9 })
    expect(counts('Lists')).toMatchObject({ unreadThreads: 41, unreadEmails: 41 })
    expect(counts('Renovation')).toMatchObject({ unreadThreads: 2, parentId: counts('House').id })
    expect(counts('drafts').totalEmails).toBe(2)
    expect(counts('junk').unreadEmails).toBe(6)
    for (const name of ['archive', 'sent', 'trash', 'Travel', 'Insurance'])
      expect(counts(name).totalEmails).toBeGreaterThan(5)
  })

  it('shows the conversations of the pictures first', () => {
    const account = mailbox()
    const inbox = account.mailboxByRole('inbox')!
    const threads = [
      ...new Set(
        emails(account)
          .filter((email) => inbox.emails.has(email))
          .map((email) => email.thread),
      ),
    ]
    const senders = threads
      .slice(0, 9)
      .map(({ emails: [...own] }) => own.sort((a, b) => b.receivedAt - a.receivedAt)[0]!.meta.from![0]!.name)
    expect(senders).toEqual([
      'Lena Lindqvist', 'Ilya Marchetti', 'Nordlicht Energie', 'Atelier Brun', '佐藤 美咲', 'Jonas Okafor', 'ليلى حداد', 'The Slow Letter', 'Bakkerij Zoet',
    ]) // prettier-ignore
    expect(threads.slice(0, 2).map((thread) => thread.emails.length)).toEqual([4, 6])
    expect(new Date(emails(account)[0]!.receivedAt).toISOString()).toBe('2026-11-23T13:32:00.000Z')
  })

  it('is the same for the same seed, byte for byte, and another for another', () => {
    const all = (seed: number) => emails(mailbox({ seed, messages: 120 })).map((email) => text(email.raw()))
    expect(all(5)).toEqual(all(5))
    expect(all(5)).not.toEqual(all(6))
  })

  it('says the true size, preview, sender and date of a message before its MIME is made', async () => {
    for (const email of emails(mailbox({ messages: 400 }))) {
      const raw = email.raw()
      expect(raw.length).toBe(email.meta.size)
      const parsed = await PostalMime.parse(raw)
      expect(parsed.subject).toBe(email.meta.subject)
      expect(parsed.from?.address).toBe(email.meta.from![0]!.email)
      expect(parsed.from?.name).toBe(email.meta.from![0]!.name ?? '')
      expect(Date.parse(parsed.date!)).toBe(email.meta.sentAt)
      const hasFiles = parsed.attachments.some(
        ({ disposition, mimeType }) => disposition === 'attachment' && mimeType !== 'text/calendar',
      )
      expect(hasFiles).toBe(email.meta.hasAttachment)
      const body = parsed.text ?? parsed.html!.replace(/<[^>]*>/g, ' ').replaceAll('&amp;', '&')
      expect(body.replace(/\s+/g, ' ')).toContain(email.meta.preview.slice(0, 12).trim())
    }
  })

  it('threads by its message ids, so that an answer from outside finds its conversation', () => {
    const account = mailbox({ messages: 400 })
    const lena = emails(account)[0]!
    const answer = account.deliver(
      `From: tomas@lindqvist.example\r\nTo: mara@lindqvist.example\r\nSubject: Re: Grandma’s 80th: who brings what\r\nMessage-ID: <x@y>\r\nIn-Reply-To: <${lena.meta.messageId![0]!}>\r\n\r\nFine.\r\n`,
    )
    expect(answer.thread).toBe(lena.thread)
  })

  it.each([0, 1, 10, 57, 333, 5000])('has exactly %i messages when asked for', (messages) => {
    expect(mailbox({ messages }).emails.size).toBe(messages)
  })

  it('holds nothing from the future, and nothing much older than a year and a half', () => {
    const ages = emails(mailbox()).map((email) => (now - email.receivedAt) / 86_400_000)
    expect(Math.min(...ages)).toBeGreaterThan(0)
    expect(Math.max(...ages)).toBeLessThan(580)
  })

  it('shares the rowing club with Mara, a mailbox to write, one to read and one only to see', () => {
    const server = createJmapServer({ users: demoPeople.users })
    fillDemo(server, { seed: 1, now })
    const account = server.accountOf(demoPeople.club.username)
    const access = server.directory.accessTo(account.id, demoPeople.mara.username)!
    const rights = Object.fromEntries(access.mailboxes().map((mailbox) => [mailbox.name, access.rights(mailbox)]))
    expect(rights).toEqual({ Inbox: 'write', 'Race calendar': 'read', Archive: 'lookup' })
    expect(account.mailboxByName('Inbox')!.unreadThreads).toBe(3)
    expect(server.accountOf(demoPeople.tomas.username).emails.size).toBeGreaterThan(1)
  })

  it('names only addresses of reserved domains', () => {
    const wrong = emails(mailbox({ messages: 600 })).flatMap((email) =>
      [
        ...text(email.raw())
          .replaceAll('=\r\n', '')
          .matchAll(/[\w.+-]+@([\w.-]+\.[a-z]{2,})/gi),
      ]
        .map((match) => match[1]!)
        .filter((domain) => !/\.example$/i.test(domain)),
    )
    expect(wrong).toEqual([])
  })
})

describe('a demo mailbox of many years', () => {
  const large = mailbox({ messages: 20_500 })
  const inbox = large.mailboxByRole('inbox')!
  const bulk = () => emails(large).filter((email) => email.meta.messageId![0]!.startsWith('bulk-'))

  it('has exactly as many messages, most of them alone in their conversation in the Inbox', () => {
    expect(large.emails.size).toBe(20_500)
    expect(inbox.totalThreads).toBe(18_500 + 214)
    expect(inbox.unreadThreads).toBe((18_500 * 3) / 20 + 9)
    expect(emails(large).slice(0, 9)).not.toContain(bulk()[0])
  })

  it('is the same for the same seed, byte for byte, and says the true size, sender and date', async () => {
    const again = emails(mailbox({ messages: 20_500 })).filter((email) => email.meta.messageId![0]!.startsWith('bulk-'))
    for (const index of [0, 1, 777, 18_499]) {
      const email = bulk()[index]!
      expect(text(again[index]!.raw())).toBe(text(email.raw()))
      expect(email.raw().length).toBe(email.meta.size)
      const parsed = await PostalMime.parse(email.raw())
      expect(parsed.subject).toBe(email.meta.subject)
      expect(parsed.from?.address).toBe(email.meta.from![0]!.email)
      expect(Date.parse(parsed.date!)).toBe(email.meta.sentAt)
      expect(parsed.text!.replace(/\s+/g, ' ')).toContain(email.meta.preview)
    }
  })
})
