/**
 * The replica as a page holds it: reads go to the database, an action is committed here and then told to the other
 * tabs, and what other contexts committed is announced to this page's views.
 */
import type { ChangeNotice, ReplicaActions, ReplicaReads } from '../replica/replica.ts'
import type { ChannelLike } from '../sync/channel.ts'

export type PageReplica = ReplicaReads & ReplicaActions & { close(): void }

/**
 * Wraps the account's own database while it opens: the first read waits for it. `open` gets what to call with this
 * page's own commits. `channel` is this page's own end of the login's channel (a private sign-in has none); views
 * subscribe here, so that nothing said meanwhile is missed.
 */
export function openingReplica(
  account: string,
  open: (onCommit: (notice: ChangeNotice) => void) => Promise<PageReplica>,
  channel: ChannelLike | undefined,
): PageReplica {
  const listeners = new Set<(notice: ChangeNotice) => void>()
  const announce = (notice: ChangeNotice): void => {
    for (const listener of [...listeners]) listener(notice)
  }
  const opening = open((notice) => {
    channel?.postMessage({ k: 'changed', account, notice })
  })
  opening.then(
    (local) => local.subscribe(announce),
    () => undefined,
  )
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.k === 'changed' && data.account === account) announce(data.notice)
    }
  }
  return {
    mailboxes: async () => (await opening).mailboxes(),
    identities: async () => (await opening).identities(),
    listWindow: async (...args) => (await opening).listWindow(...args),
    rows: async (...args) => (await opening).rows(...args),
    islands: async (...args) => (await opening).islands(...args),
    positionOf: async (...args) => (await opening).positionOf(...args),
    thread: async (...args) => (await opening).thread(...args),
    emails: async (...args) => (await opening).emails(...args),
    body: async (...args) => (await opening).body(...args),
    bodiesPresent: async (...args) => (await opening).bodiesPresent(...args),
    outbox: async () => (await opening).outbox(),
    syncedAt: async () => (await opening).syncedAt(),
    subscribe: (listener) => {
      const entry = (notice: ChangeNotice): void => {
        listener(notice)
      }
      listeners.add(entry)
      return () => {
        listeners.delete(entry)
      }
    },
    appendMutation: async (...args) => (await opening).appendMutation(...args),
    discardMutation: async (...args) => (await opening).discardMutation(...args),
    close: () => {
      channel?.close()
      listeners.clear()
      opening.then(
        (local) => {
          local.close()
        },
        () => undefined,
      )
    },
  }
}
