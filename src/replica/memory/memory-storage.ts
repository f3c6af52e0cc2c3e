/** The storage of private mode and of tests: nothing reaches the disk. One transaction at a time, in the order asked. */
import type { Key, KeyRange } from '../storage/keys.ts'
import { explicitKey, STORES, STORE_NAMES, type StoreName } from '../storage/schema.ts'
import type { Storage, StorageTx, TransactionOptions } from '../storage/storage.ts'
import { SortedMap } from './sorted-map.ts'

export class MemoryStorage implements Storage {
  readonly #tables = new Map(STORE_NAMES.map((name) => [name, new Table(name)]))
  #last: Promise<unknown> = Promise.resolve()
  #isClosed = false

  transaction<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    const result = this.#last.then(() => this.#run(stores, options, body))
    this.#last = result.catch(() => undefined)
    return result
  }

  close(): void {
    this.#isClosed = true
  }

  async #run<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    if (this.#isClosed) throw new DOMException('The replica is closed.', 'InvalidStateError')
    const undo: (() => void)[] = []
    const tx = new MemoryTx(this.#tables, new Set(stores), options.mode, undo)
    try {
      return await body(tx.port())
    } catch (error) {
      for (const step of undo.reverse()) step()
      throw error
    }
  }
}

/** One store with its indexes. */
class Table {
  readonly rows = new SortedMap()
  readonly #keyPath: string | undefined
  readonly #indexes: ReadonlyMap<string, Map<Key, SortedMap>>
  #lastSeq = 0

  constructor(name: StoreName) {
    this.#keyPath = STORES[name].keyPath
    this.#indexes = new Map((STORES[name].indexes ?? []).map((index) => [index, new Map<Key, SortedMap>()]))
  }

  keyOf(value: object): Key {
    return propertyOf(value, this.#keyPath ?? '')
  }

  nextSeq(): number {
    return ++this.#lastSeq
  }

  set(key: Key, value: object | undefined): void {
    const old = this.rows.get(key) as object | undefined
    for (const [property, index] of this.#indexes) {
      if (old !== undefined) index.get(propertyOf(old, property))?.delete(key)
      if (value === undefined) continue
      const group = index.get(propertyOf(value, property)) ?? new SortedMap()
      index.set(propertyOf(value, property), group)
      group.set(key, value)
    }
    if (value === undefined) this.rows.delete(key)
    else this.rows.set(key, value)
  }

  keysWithin(index: string, range: KeyRange): Key[] {
    const groups = new SortedMap()
    for (const [key, group] of this.#indexes.get(index) ?? []) groups.set(key, group)
    return groups.values(range).flatMap((group) => (group as SortedMap).keys())
  }

  group(index: string, key: Key): SortedMap | undefined {
    return this.#indexes.get(index)?.get(key)
  }
}

class MemoryTx {
  readonly #tables: ReadonlyMap<StoreName, Table>
  readonly #scope: ReadonlySet<StoreName>
  readonly #mode: TransactionOptions['mode']
  readonly #undo: (() => void)[]

  constructor(
    tables: ReadonlyMap<StoreName, Table>,
    scope: ReadonlySet<StoreName>,
    mode: TransactionOptions['mode'],
    undo: (() => void)[],
  ) {
    this.#tables = tables
    this.#scope = scope
    this.#mode = mode
    this.#undo = undo
  }

  /** The typed face of untyped tables: what was put into a store is what comes out of it. */
  port(): StorageTx {
    const untyped: Record<keyof StorageTx, (...args: never[]) => unknown> = {
      get: (store: StoreName, key: Key) => Promise.resolve(this.#table(store).rows.get(key)),
      getAll: (store: StoreName, range?: KeyRange, count?: number) =>
        Promise.resolve(this.#table(store).rows.values(range, count)),
      keys: (store: StoreName, range?: KeyRange, count?: number) =>
        Promise.resolve(this.#table(store).rows.keys(range, count)),
      count: (store: StoreName, range?: KeyRange) => Promise.resolve(this.#table(store).rows.count(range)),
      byIndex: (store: StoreName, index: string, key: Key) =>
        Promise.resolve(this.#table(store).group(index, key)?.values() ?? []),
      keysByIndex: (store: StoreName, index: string, key: Key) =>
        Promise.resolve(this.#table(store).group(index, key)?.keys() ?? []),
      keysWithin: (store: StoreName, index: string, range: KeyRange) =>
        Promise.resolve(this.#table(store).keysWithin(index, range)),
      put: (store: StoreName, value: object) => {
        this.#set(store, explicitKey(store, value as never) ?? this.#table(store).keyOf(value), value)
      },
      append: (value: object) => {
        const seq = this.#table('outbox').nextSeq()
        this.#set('outbox', seq, { ...value, seq })
        return Promise.resolve(seq)
      },
      delete: (store: StoreName, key: Key) => this.#set(store, key, undefined),
      clear: (store: StoreName) => {
        for (const key of this.#table(store).rows.keys()) this.#set(store, key, undefined)
      },
    }
    return untyped as unknown as StorageTx
  }

  #table(store: StoreName): Table {
    const table = this.#tables.get(store)
    if (table === undefined || !this.#scope.has(store)) {
      throw new DOMException(`The store ${store} is not in the transaction.`, 'NotFoundError')
    }
    return table
  }

  #set(store: StoreName, key: Key, value: object | undefined): void {
    if (this.#mode === 'readonly') throw new DOMException('The transaction is read-only.', 'ReadOnlyError')
    const table = this.#table(store)
    const old = table.rows.get(key) as object | undefined
    this.#undo.push(() => table.set(key, old))
    table.set(key, value)
  }
}

function propertyOf(value: object, property: string): Key {
  return (value as Record<string, Key>)[property] ?? ''
}
