/** Where the protocol layer gets its Authorization header. The secret itself stays behind this seam. */
export interface AuthorizationSource {
  /** The value for the next request; a token about to expire is refreshed first. Rejects with JmapError `unauthorized`. */
  header(): Promise<string>
  /**
   * The server answered 401 to `refused`. Resolves with another value to try once, or rejects with JmapError
   * `unauthorized`: then nothing is sent again until someone signs in.
   */
  renew(refused: string): Promise<string>
}
