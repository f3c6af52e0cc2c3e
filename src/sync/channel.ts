/**
 * What the tabs of one sign-in say to each other, over `BroadcastChannel('postern/1/' + login)`. The number is the
 * messages' version: new fields are optional, anything else gets a new number, since two builds may be open at once.
 */
import type { ChangeNotice } from '../replica/replica.ts'
import type { AccountStatus, PortError } from './engine-port.ts'
import type { AccountMethod } from './wire.ts'

export type ChannelMessage =
  /** Committed changes; pages re-read what they show. Said by the leader for base rows, by a page for its own action. */
  | { readonly k: 'changed'; readonly account: string; readonly notice: ChangeNotice }
  | { readonly k: 'status'; readonly account: string; readonly status: AccountStatus }
  /** A new leader: repeat to it what was asked of the old one. */
  | { readonly k: 'leading'; readonly tab: string }
  | { readonly k: 'ping'; readonly tab: string }
  | { readonly k: 'pong'; readonly tab: string }
  /** A follower asks the leader for something that only a request can answer. */
  | {
      readonly k: 'want'
      readonly requestId: string
      readonly account: string
      readonly method: AccountMethod
      readonly args: readonly unknown[]
    }
  | { readonly k: 'done'; readonly requestId: string; readonly value: unknown }
  | { readonly k: 'failed'; readonly requestId: string; readonly error: PortError }
  /** A visible tab has come: a hidden leader makes room. */
  | { readonly k: 'visible'; readonly tab: string }
  /** A session gained or lost an account: read the list again. */
  | { readonly k: 'accounts' }
  | { readonly k: 'signOut' }

/** The part of BroadcastChannel that is used; tests connect several in one process. */
export interface ChannelLike {
  postMessage(message: ChannelMessage): void
  onmessage: ((event: { data: ChannelMessage }) => void) | null
  close(): void
}

export function channelName(login: string): string {
  return `postern/1/${login}`
}
