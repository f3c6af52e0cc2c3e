/** Everything that can go wrong on the wire, as one union of classes. UI words are chosen from `kind`, never from server text. */
export type JmapErrorKind =
  /** No answer: offline, refused, DNS, TLS, CORS; a browser does not say which. */
  | 'network'
  /** Our own deadline passed. The outcome at the server is unknown. */
  | 'timeout'
  /** The caller aborted. */
  | 'aborted'
  /** 401, or a token that cannot be refreshed. */
  | 'unauthorized'
  /** 402: the account wants a second factor, which Basic cannot carry (Stalwart). */
  | 'mfaRequired'
  /** 403. */
  | 'forbidden'
  /** 429, 503 or a concurrency limit; `retryAfterMs` when told. */
  | 'busy'
  /** Other 5xx. */
  | 'server'
  /** RFC 8620 §3.6.1 urn:ietf:params:jmap:error:limit; `limit` names it. */
  | 'limit'
  /** The answer is not JMAP: HTML, broken JSON, wrong shape. */
  | 'protocol'
  /** A URL of the session or a redirect leads to an origin that was not agreed to. */
  | 'origin'

export class JmapError extends Error {
  override readonly name = 'JmapError'
  readonly kind: JmapErrorKind
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined
  readonly limit: string | undefined
  /** With kind `origin`: the address that leads elsewhere. */
  readonly url: string | undefined
  constructor(
    kind: JmapErrorKind,
    message: string,
    detail: {
      status?: number | undefined
      retryAfterMs?: number | undefined
      limit?: string | undefined
      url?: string | undefined
      cause?: unknown
    } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.kind = kind
    this.status = detail.status
    this.retryAfterMs = detail.retryAfterMs
    this.limit = detail.limit
    this.url = detail.url
  }
}
