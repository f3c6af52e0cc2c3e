/** How much of an account's mail is kept on a device. */
export interface KeepPolicy {
  /**
   * How many days back: `Infinity` for everything. 0: a short list of the newest rows, and letters only while they are
   * read.
   */
  readonly days: number
  /** Files of kept letters up to this many bytes. Pictures inside the text are kept in any case. */
  readonly files: number
}

export const DEFAULT_KEEP: KeepPolicy = { days: 90, files: 1_000_000 }
