/** What a page asks of a replica, wherever its rows are: of the database, or of the worker's memory over a port. */
import type { ReplicaActions, ReplicaReads } from './replica.ts'

export type PageReads = ReplicaReads & ReplicaActions

/** What writes. */
export const PAGE_ACTIONS = [
  'appendMutation',
  'discardMutation',
  'retryMutation',
] as const satisfies readonly (keyof ReplicaActions)[]

/** Each but `subscribe`, which answers nothing. The type of what is built from it says when one is missing. */
export const PAGE_METHODS = [
  'mailboxes',
  'identities',
  'listWindow',
  'rows',
  'islands',
  'positionOf',
  'thread',
  'emails',
  'body',
  'bodiesPresent',
  'outbox',
  'syncedAt',
  'settings',
  ...PAGE_ACTIONS,
] as const satisfies readonly (keyof PageReads)[]

export type PageMethod = (typeof PAGE_METHODS)[number]
