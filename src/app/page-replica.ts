/**
 * The replica as a page holds it: reads go to the database, an action is committed here and then told to the other
 * tabs, and what other contexts committed is announced to this page's views.
 */
import type { ChannelLike } from '../sync/channel.ts'
import type { ReplicaActions, ReplicaReads } from '../replica/replica.ts'
import type { Mutation, OutboxRow } from '../mutations/mutation.ts'
import type { ChangeNotice } from '../replica/replica.ts'

export type PageReplica = ReplicaReads & ReplicaActions & { close(): void }

/** What a page needs of IdbReplica. */
export type LocalReplica = ReplicaReads & ReplicaActions & { announce(notice: ChangeNotice): void; close(): void }

/** Wraps the account's own database; `channel` is this page's own end of the login's channel. */
export function keptReplica(account: string, local: LocalReplica, channel: ChannelLike): PageReplica {
  channel.onmessage = ({ data }) => {
    if (data.k === 'changed' && data.account === account) local.announce(data.notice)
  }
  const tell = (mutation: Mutation | undefined): void => {
    channel.postMessage({
      k: 'changed',
      account,
      notice: { outbox: true, mailboxes: true, ...(mutation ? { emailIds: mutation.emailIds } : { all: true }) },
    })
  }
  return {
    mailboxes: () => local.mailboxes(),
    identities: () => local.identities(),
    listWindow: (query, from, count) => local.listWindow(query, from, count),
    rows: (query, emailIds) => local.rows(query, emailIds),
    islands: (query, count) => local.islands(query, count),
    positionOf: (query, threadId) => local.positionOf(query, threadId),
    thread: (threadId) => local.thread(threadId),
    emails: (ids) => local.emails(ids),
    body: (id) => local.body(id),
    bodiesPresent: (ids) => local.bodiesPresent(ids),
    outbox: () => local.outbox(),
    syncedAt: () => local.syncedAt(),
    subscribe: (listener) => local.subscribe(listener),
    appendMutation: async (mutation): Promise<OutboxRow> => {
      const row = await local.appendMutation(mutation)
      tell(mutation)
      return row
    },
    discardMutation: async (id): Promise<boolean> => {
      const wasThere = await local.discardMutation(id)
      if (wasThere) tell(undefined)
      return wasThere
    },
    close: () => {
      channel.close()
      local.close()
    },
  }
}
