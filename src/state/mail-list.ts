/** A list of an account's mail: a mailbox's, or what of it is left by a filter, in its order. */
import type { ListQuery, RowKey } from '../mail/list.ts'
import type { RowList } from './row-list.ts'
import type { RowChange, RowsAhead } from './rows-ahead.ts'

export interface MailList extends RowList {
  readonly query: ListQuery
  /** The rows in view could not be fetched. */
  readonly hasFailed: boolean
  /** Only what is on this device is shown, in an order that the rest belongs into. */
  readonly isPartial?: boolean
  /** Where a row stands that may not be read yet; undefined where it does not stand in the known part. */
  find(key: RowKey): Promise<number | undefined>
  /**
   * Shows what was just done before it is durable; a read that began earlier does not take it back. Until the returned
   * function is called: once it was read with everything else, or could not be written. The code that shows it comes with
   * what acts.
   */
  meanwhile?(change: RowChange, ahead: () => RowsAhead): () => void
  /** Reads what is on screen anew; resolves when it shows every change that was committed before. */
  reread(): Promise<void>
  /** The reader asks again after a failure. */
  retry(): void
}
