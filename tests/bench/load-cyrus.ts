/** Fills a Cyrus account's Inbox with the newest messages of the demo mailbox. */
import { Target } from '../contract/target.ts'
import type { CyrusServer } from '../servers/cyrus.ts'
import { fillFromDemo, inboxOf } from '../servers/fill-account.ts'

export async function loadCyrus(cyrus: CyrusServer, user: string, password: string, count = 400): Promise<void> {
  const target = new Target({ url: cyrus.url, user, password })
  await target.connect()
  await fillFromDemo(target, await inboxOf(target), count)
}
