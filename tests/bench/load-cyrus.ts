/** Fills a Cyrus account with the newest messages of the demo mailbox, over JMAP, as another client would. */
import { createJmapServer } from '../../demo/server/jmap-server.ts'
import { demoPeople, fillDemo } from '../../demo/mailbox/demo-mailbox.ts'
import { Target, type Json } from '../contract/target.ts'
import type { CyrusServer } from '../servers/cyrus.ts'

const ORIGIN = 'http://demo.test'
const AT_ONCE = 8

export async function loadCyrus(cyrus: CyrusServer, user: string, password: string, count = 400): Promise<void> {
  const demo = createJmapServer({ users: demoPeople.users, origin: ORIGIN })
  fillDemo(demo, { messages: count, seed: 1, now: Date.now() })
  const { username, password: demoPassword } = demoPeople.mara
  const source = new Target({
    url: ORIGIN,
    user: username,
    password: demoPassword,
    fetch: (request) => demo.fetch(request),
  })
  await source.connect()
  const target = new Target({ url: cyrus.url, user, password })
  await target.connect()
  const inboxOf = async (account: Target): Promise<string> => {
    const boxes = (await account.call('Mailbox/get', { ids: null }))['list'] as Json[]
    return String(boxes.find((box) => box['role'] === 'inbox')?.['id'])
  }
  const [from, to] = [await inboxOf(source), await inboxOf(target)]
  const { ids } = (await source.call('Email/query', {
    filter: { inMailbox: from },
    sort: [{ property: 'receivedAt', isAscending: false }],
    limit: count,
  })) as { ids: string[] }
  const queue = [...ids]
  const worker = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const [email] = (await source.call('Email/get', { ids: [id], properties: ['blobId', 'receivedAt', 'keywords'] }))[
        'list'
      ] as Json[]
      if (!email) continue
      const raw = await source.http(source.downloadUrl(String(email['blobId']), 'mail.eml', 'message/rfc822'))
      const blobId = await target.upload(new Uint8Array(await raw.arrayBuffer()), 'message/rfc822')
      await target.call('Email/import', {
        emails: {
          m: { blobId, mailboxIds: { [to]: true }, keywords: email['keywords'], receivedAt: email['receivedAt'] },
        },
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  demo.close()
}
