/** The Inbox, a row for each message, as some pages have it open from their first moment. */
import type { MailboxId } from '../../src/jmap/types.ts'
import type { AccountStatus, FetchedWindow } from '../../src/sync/engine-port.ts'
import { openList, type ListHome, type OpenList } from '../support/open-list.ts'
import type { Tab } from './device.ts'

const STARTING: AccountStatus = { phase: 'starting', outbox: 0, failed: 0, backfill: 0 }

/** The `n`th page's, if it has it. */
export function openPageList(n: number, inbox: MailboxId, tab: Tab, account: string): OpenList | undefined {
  if (n % 3 !== 0) return undefined
  const port: ListHome['port'] = {
    get status() {
      return tab.status ?? STARTING
    },
    onStatus: (listener) => tab.statuses.add(listener),
    fetchWindow: (request) => tab.host.call(account, 'fetchWindow', [request]) as Promise<FetchedWindow>,
  }
  return openList({ clock: tab.clock, replica: tab.page, port }, { mailboxId: inbox, collapseThreads: false })
}
