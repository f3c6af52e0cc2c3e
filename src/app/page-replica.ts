/**
 * The replica as a page holds it: reads go to the database, an action is committed here and then told to the other
 * tabs, and what other contexts committed is announced to this page's views.
 */
import { PAGE_ACTIONS, PAGE_METHODS, type PageMethod, type PageReads } from '../replica/page-methods.ts'
import type { ChangeNotice } from '../replica/replica.ts'
import type { ChannelLike } from '../sync/channel.ts'

type AnyReplica = PageReads & { close(): void }

type Passed = Pick<AnyReplica, PageMethod>

export interface PageReplica extends AnyReplica {
  /** The device has no room: from now on all goes to the worker's memory. What views hold stays. */
  leaveDisk(): void
}

/**
 * Wraps the account's own database while it opens: the first read waits for it. `open` gets what to call with this
 * page's own commits. `channel` is this page's own end of the login's channel (a private sign-in has none); views
 * subscribe here, so that nothing said meanwhile is missed.
 */
export function openingReplica(
  account: string,
  open: (onCommit: (notice: ChangeNotice) => void) => Promise<AnyReplica>,
  channel: ChannelLike | undefined,
  openRemote: () => Promise<AnyReplica>,
): PageReplica {
  const listeners = new Set<(notice: ChangeNotice) => void>()
  const announce = (notice: ChangeNotice): void => {
    for (const listener of [...listeners]) listener(notice)
  }
  let opening: Promise<AnyReplica>
  const moveTo = (other: Promise<AnyReplica>): void => {
    opening = other
    other.then(
      (local) => local.subscribe(announce),
      () => undefined,
    )
  }
  moveTo(
    open((notice) => {
      channel?.postMessage({ k: 'changed', account, notice })
    }),
  )
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.k === 'changed' && data.account === account) announce(data.notice)
    }
  }
  /** Reads without an answer. Actions are not among them: one that is written late must not be there twice. */
  const unread = new Set<() => void>()
  const pass = (method: PageMethod) => {
    const passing = (...args: never[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const isRead = !(PAGE_ACTIONS as readonly PageMethod[]).includes(method)
        const ask = (): void => {
          const asked = opening.then((local) => (local[method] as (...args: never[]) => unknown)(...args))
          void asked.then(resolve, reject).finally(() => unread.delete(ask))
        }
        if (isRead) unread.add(ask)
        ask()
      })
    return [method, passing] as const
  }
  return {
    // Passed on to whatever is open at the time: each answers as the method of this very name does.
    ...(Object.fromEntries(PAGE_METHODS.map(pass)) as unknown as Passed),
    subscribe: (listener) => {
      const entry = (notice: ChangeNotice): void => {
        listener(notice)
      }
      listeners.add(entry)
      return () => {
        listeners.delete(entry)
      }
    },
    leaveDisk: () => {
      moveTo(openRemote())
      // A mute database never answers them.
      for (const ask of [...unread]) ask()
    },
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
