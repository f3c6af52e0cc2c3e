/**
 * The messages between a page and its worker. Plain data; a method's name and arguments are those of `EnginePort` and
 * `AccountPort`, so the two sides cannot drift: `EngineCalls` and `AccountCalls` are derived from the interfaces.
 */
import type { AccountInfo, AccountPort, AccountStatus, EnginePort, LoginId, PortError } from './engine-port.ts'

/** The part of `EnginePort` that crosses as calls. */
type EngineCalls = Pick<EnginePort, 'accounts' | 'prepareSignIn' | 'signIn'> & {
  /** Outbox rows that have not reached the server, over all accounts of the sign-in. */
  unsent(login: LoginId): Promise<number>
  /** Signs out whatever waits; the page has asked. */
  signOut(login: LoginId): Promise<void>
}

/** The part of `AccountPort` that crosses as calls; a follower's worker passes these on to the leader. */
type AccountCalls = Pick<
  AccountPort,
  | 'fetchWindow'
  | 'fetchTotal'
  | 'fetchBodies'
  | 'fetchThread'
  | 'fetchEmail'
  | 'fetchHits'
  | 'keep'
  | 'inspect'
  | 'pokeOutbox'
  | 'setAttention'
  | 'refresh'
> & {
  fetchBlob(blob: Parameters<AccountPort['fetchBlob']>[0]): Promise<Blob>
}

export type EngineMethod = keyof EngineCalls
export type AccountMethod = keyof AccountCalls

export type ToWorker =
  | { readonly k: 'engine'; readonly id: number; readonly method: EngineMethod; readonly args: readonly unknown[] }
  | {
      readonly k: 'account'
      readonly id: number
      readonly account: string
      readonly method: AccountMethod
      readonly args: readonly unknown[]
    }
  | { readonly k: 'abort'; readonly id: number }
  /** pageshow, resume, visibilitychange; `bye` = pagehide or freeze: let go of the lock. */
  | { readonly k: 'page'; readonly event: 'visible' | 'hidden' | 'bye' }
  /** Serve this account's replica, which is in memory, over the port that comes with the message. */
  | { readonly k: 'replica'; readonly account: string }

export type FromWorker =
  | { readonly k: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly k: 'answer'; readonly id: number; readonly ok: false; readonly error: PortError }
  | { readonly k: 'progress'; readonly id: number; readonly received: number }
  | { readonly k: 'accounts'; readonly accounts: readonly AccountInfo[] }
  | { readonly k: 'status'; readonly account: string; readonly status: AccountStatus }
  /** The device has no room for this account: its rows are in memory now, and are to be read over a port. */
  | { readonly k: 'memory'; readonly account: string }

/** Errors cross as data: the kind of a JmapError, or `internal`. Messages stay behind: they may hold server text. */
export function toPortError(error: unknown): PortError {
  const kind =
    typeof error === 'object' && error !== null && 'kind' in error && typeof error.kind === 'string'
      ? error.kind
      : 'internal'
  const retryAfterMs =
    typeof error === 'object' && error !== null && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
      ? error.retryAfterMs
      : undefined
  return retryAfterMs === undefined ? { kind } : { kind, retryAfterMs }
}
