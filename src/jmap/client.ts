/**
 * The seam between the protocol layer and the engine. `sync/` knows only this interface; `jmap/http-client.ts`
 * implements it over fetch, and tests over `demo/` in process.
 */
import type { AccountId, BlobId, Invocation } from './types.ts'
import type { RequestEntry } from './request-log.ts'
import type { Session } from './session.ts'

/** The outcome of one method call. A method error leaves the other calls' results standing (RFC 8620 §3.6.2). */
export type CallResult =
  | { readonly ok: true; readonly name: string; readonly args: Record<string, unknown> }
  | { readonly ok: false; readonly type: string; readonly description?: string }

/** All responses of one request, in the server's order. One call id may have several (implicit Email/set). */
export interface JmapResponse {
  /** The first response with this call id. Throws `ProtocolError` if the server left it out. */
  result(callId: string): CallResult
  all(callId: string): readonly CallResult[]
  readonly sessionState: string
  /** Our own counter at the time the request left: orders answers, since states are opaque (B6.4). */
  readonly sequence: number
  /** Bytes of the request body and of the answer's body, for `bench`. */
  readonly bytes: { readonly sent: number; readonly received: number }
}

export interface RequestOptions {
  readonly signal?: AbortSignal
  /** `visible` work passes `background` work in the queue. Default `background`. */
  readonly priority?: 'visible' | 'background'
  /** Asked in the last moment, after every wait for a turn: what it rejects with keeps the request back. */
  readonly mayLeave?: () => Promise<unknown>
}

/** What the event stream says; `open` is said on every (re)connect and means: run /changes now. */
export type PushEvent =
  | { readonly kind: 'open' }
  | { readonly kind: 'state'; readonly changed: Readonly<Record<AccountId, Readonly<Record<string, string>>>> }
  | { readonly kind: 'unsupported' }
  /** It is open or should be, but nothing comes through: a proxy holds it back. `heard` says that something does. */
  | { readonly kind: 'mute' }
  | { readonly kind: 'heard' }
  | { readonly kind: 'closed'; readonly retryInMs: number }

export interface JmapClient {
  /** The newest session; replaced when an answer's `sessionState` differs. */
  readonly session: Session
  /** The last of them, oldest first; absent where nobody keeps them. */
  readonly requests?: readonly RequestEntry[]
  onSession(listener: (session: Session) => void): () => void
  /**
   * Sends method calls in order, split at the server's limits but never between a call and one that refers to it.
   * Rejects with a `JmapError` (see errors.ts) when there is no answer at all; method errors are results.
   */
  request(calls: readonly Invocation[], options?: RequestOptions): Promise<JmapResponse>
  /** The bytes of a blob, type as given by us, never the server's word (RFC 8620 §6.2). */
  download(
    blob: { accountId: AccountId; blobId: BlobId; type: string; name: string; size?: number },
    options?: RequestOptions & { onProgress?: (received: number) => void },
  ): Promise<Blob>
  /** Opens the login's one event stream. Returns a function that closes it. */
  listen(listener: (event: PushEvent) => void): () => void
  /** The machine or the network was away: what got no answer for long is given up, a silent stream is opened anew. */
  wake(): void
}
