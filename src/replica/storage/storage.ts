/**
 * What the replica asks of a store: IndexedDB's model, no more. Two backends (`idb/`, `memory/`) behave alike, so the
 * replica's logic exists once. Inside a transaction only its own methods may be awaited: IndexedDB commits as soon as
 * nothing is asked of it, and the memory backend holds everyone else back until the body ends.
 */
import type { Key, KeyRange } from './keys.ts'
import type { StoreName, Stores } from './schema.ts'

export interface StorageTx {
  get<S extends StoreName>(store: S, key: Stores[S]['key']): Promise<Stores[S]['value'] | undefined>
  /** In key order. */
  getAll<S extends StoreName>(store: S, range?: KeyRange, count?: number): Promise<Stores[S]['value'][]>
  keys<S extends StoreName>(store: S, range?: KeyRange, count?: number): Promise<Stores[S]['key'][]>
  count(store: StoreName, range?: KeyRange): Promise<number>
  byIndex<S extends StoreName>(store: S, index: string, key: Key): Promise<Stores[S]['value'][]>
  keysByIndex<S extends StoreName>(store: S, index: string, key: Key): Promise<Stores[S]['key'][]>
  /** Keys whose indexed property is in the range, in the order of that property. */
  keysWithin<S extends StoreName>(store: S, index: string, range: KeyRange): Promise<Stores[S]['key'][]>
  /** A write that fails fails the transaction; nothing to await. */
  put<S extends StoreName>(store: S, value: Stores[S]['value']): void
  /** For `outbox`: gives the next `seq`. A number is never given twice, even if its row is gone. */
  append(value: Omit<Stores['outbox']['value'], 'seq'>): Promise<number>
  delete<S extends StoreName>(store: S, key: Stores[S]['key']): void
  clear(store: StoreName): void
}

export interface TransactionOptions {
  readonly mode: 'readonly' | 'readwrite'
  /** `strict`: on the disk before it resolves, for what only the user knows. */
  readonly durability?: 'strict' | 'relaxed'
}

export interface Storage {
  /** All or nothing: if the body throws, nothing is written and the error comes out. */
  transaction<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T>
  close(): void
}
