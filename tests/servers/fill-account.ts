/** Puts mail into an account over JMAP, as another client would. */
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import { demoPeople, fillDemo } from '../../demo/mailbox/demo-mailbox.ts'
import { Target, type Json } from '../contract/target.ts'

const ORIGIN = 'http://demo.test'
const AT_ONCE = 50

/** James refuses an import without keywords, empty ones too (D10): unread mail gets one that nobody reads. */
const NEUTRAL = { 'postern-test': true }

export interface ImportedMessage {
  readonly raw: string | Uint8Array<ArrayBuffer>
  readonly mailboxId: string
  /** Now, unless given. */
  readonly receivedAt?: string
  readonly keywords?: Json
}

/** Uploads and imports one whole message; answers its Email id. */
export async function importMessage(target: Target, message: ImportedMessage): Promise<string> {
  const [id] = await importMessages(target, [message])
  return id ?? ''
}

/** One after the other: Cyrus answers uploads that meet with 404, and imports with "System I/O error". */
async function importMessages(target: Target, messages: readonly ImportedMessage[]): Promise<string[]> {
  const emails: Record<string, Json> = {}
  for (const [index, { raw, mailboxId, receivedAt, keywords }] of messages.entries()) {
    emails[`m${String(index)}`] = {
      blobId: await target.upload(raw, 'message/rfc822'),
      mailboxIds: { [mailboxId]: true },
      keywords: keywords && Object.keys(keywords).length > 0 ? keywords : NEUTRAL,
      receivedAt: receivedAt ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    }
  }
  const answer = await target.call('Email/import', { emails })
  const created = (answer['created'] ?? {}) as Record<string, Json>
  return Object.keys(emails).map((key) => {
    const id = created[key]?.['id']
    if (typeof id !== 'string') throw new Error(`import refused: ${JSON.stringify(answer['notCreated'])}`)
    return id
  })
}

/** The newest messages of the demo Inbox, with their dates and keywords. */
export async function fillFromDemo(target: Target, mailboxId: string, count: number): Promise<void> {
  const demo = createJmapServer({ users: demoPeople.users, origin: ORIGIN })
  fillDemo(demo, { messages: count, seed: 1, now: Date.now() })
  const { username, password } = demoPeople.mara
  const source = new Target({
    url: ORIGIN,
    user: username,
    password,
    fetch: (request) => demo.fetch(request),
  })
  await source.connect()
  const { ids } = (await source.call('Email/query', {
    filter: { inMailbox: await inboxOf(source) },
    sort: [{ property: 'receivedAt', isAscending: false }],
    limit: count,
  })) as { ids: string[] }
  const emails = (await source.call('Email/get', { ids, properties: ['blobId', 'receivedAt', 'keywords'] }))[
    'list'
  ] as Json[]
  for (let from = 0; from < emails.length; from += AT_ONCE) {
    const messages: ImportedMessage[] = []
    for (const email of emails.slice(from, from + AT_ONCE)) {
      const bytes = await source.http(source.downloadUrl(String(email['blobId']), 'mail.eml', 'message/rfc822'))
      messages.push({
        raw: new Uint8Array(await bytes.arrayBuffer()),
        mailboxId,
        receivedAt: String(email['receivedAt']),
        keywords: email['keywords'] as Json,
      })
    }
    await importMessages(target, messages)
  }
  demo.close()
}

/** The id of the mailbox with the role `inbox`. */
export async function inboxOf(target: Target): Promise<string> {
  const boxes = (await target.call('Mailbox/get', { ids: null }))['list'] as Json[]
  return String(boxes.find((box) => box['role'] === 'inbox')?.['id'])
}
