/** What a list on screen needs of its rows, wherever they come from: a mailbox's list, or the hits of a search. */
import type { EmailId } from '../jmap/types.ts'
import type { RowKey, RowMessage, ThreadRow } from '../mail/list.ts'
import type { SearchQuery } from '../mail/search-query.ts'

/** What the server finds of a search, as far as is known here. */
export interface FoundOnServer {
  readonly total: number
  readonly query: SearchQuery
  /** It is one of these, and not only found on this device. */
  has(key: RowKey): boolean
  /** The very messages that the server has named so far. */
  messages(): readonly Pick<RowMessage, 'id' | 'blobId'>[]
}

export interface RowList {
  /** The same text for the same list: the key of its place. */
  readonly key: string
  /** Another number after each change. */
  readonly revision: number
  readonly isLoaded: boolean
  /** How many rows the list spans on screen, known and unknown ones. */
  readonly length: number
  /** What was asked of the server has not come: the first rows ever, or its hits. */
  readonly isFirstSync: boolean
  readonly total: number | undefined
  /** Rows from the top without a gap, which have heads for their days. */
  readonly gapless: number
  /** Whether rows stand in the order of their days, and say so. */
  readonly hasDays: boolean
  readonly islandsFrom: { readonly position: number; readonly missing: number | undefined } | undefined
  /** Of a list that stands for what the server finds: what is known of that, once it said so. */
  readonly atServer?: FoundOnServer | undefined
  row(position: number): ThreadRow | undefined
  positionOf(key: RowKey): number
  attention(): readonly EmailId[]
  /**
   * Rows of a stretch that are on this device, also those that `row` has let go of; absent where it has all of them.
   * `isAsked`: the server is asked for those that are not here.
   */
  rowsIn?(first: number, last: number, isAsked?: boolean): Promise<readonly ThreadRow[]>
  observe(first: number, last: number): void
  hold(isHeld: boolean): void
}
