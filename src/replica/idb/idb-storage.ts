/** The storage model on IndexedDB. Requests are sent without waiting for each other wherever the caller allows. */
import { answer, completion } from '../../platform/indexed-db.ts'
import type { Key, KeyRange } from '../storage/keys.ts'
import { explicitKey, type StoreName } from '../storage/schema.ts'
import type { Storage, StorageTx, TransactionOptions } from '../storage/storage.ts'
import { toReplicaError } from './open-database.ts'
import { pack, unpack } from './packing.ts'

export class IdbStorage implements Storage {
  readonly #database: IDBDatabase

  constructor(database: IDBDatabase) {
    this.#database = database
  }

  async transaction<T>(
    stores: readonly StoreName[],
    { mode, durability = 'relaxed' }: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    let transaction: IDBTransaction | undefined
    try {
      transaction = this.#database.transaction(stores, mode, { durability })
      const completed = mode === 'readwrite' ? completion(transaction) : undefined
      const result = await body(port(transaction))
      // Nothing more will be asked: without this it would wait for the event loop to find that out.
      if (completed !== undefined) transaction.commit()
      await completed
      return result
    } catch (error) {
      abort(transaction)
      // After a failed write the body sees an AbortError; the transaction knows the reason.
      throw toReplicaError(transaction?.error ?? error)
    }
  }

  close(): void {
    this.#database.close()
  }
}

function abort(transaction: IDBTransaction | undefined): void {
  try {
    transaction?.abort()
  } catch {
    // It has ended already, by itself or by the failed request.
  }
}

/** The typed face of untyped object stores: what was put into a store is what comes out of it. */
function port(transaction: IDBTransaction): StorageTx {
  const store = (name: StoreName): IDBObjectStore => transaction.objectStore(name)
  const all = async (name: StoreName, request: IDBRequest<unknown[]>): Promise<unknown[]> =>
    (await answer(request)).map((value) => unpack(name, value as never))
  const untyped: Record<keyof StorageTx, (...args: never[]) => unknown> = {
    get: async (name: StoreName, key: IDBValidKey) =>
      unpack(name, (await answer<unknown>(store(name).get(key))) as never),
    getAll: (name: StoreName, range?: KeyRange, count?: number) =>
      count === 0 ? Promise.resolve([]) : all(name, store(name).getAll(toIdbRange(range), count)),
    keys: (name: StoreName, range?: KeyRange, count?: number) =>
      count === 0 ? Promise.resolve([]) : answer(store(name).getAllKeys(toIdbRange(range), count)),
    count: (name: StoreName, range?: KeyRange) => answer(store(name).count(toIdbRange(range) ?? undefined)),
    byIndex: (name: StoreName, index: string, key: IDBValidKey) => all(name, store(name).index(index).getAll(key)),
    keysByIndex: (name: StoreName, index: string, key: IDBValidKey) => answer(store(name).index(index).getAllKeys(key)),
    keysWithin: (name: StoreName, index: string, range: KeyRange) =>
      answer(store(name).index(index).getAllKeys(toIdbRange(range))),
    put: (name: StoreName, value: object) => {
      const key = explicitKey(name, value as never)
      store(name).put(pack(name, value as never), key && toIdbKey(key))
    },
    append: (value: object) => answer(store('outbox').add(value)),
    delete: (name: StoreName, key: Key) => {
      store(name).delete(toIdbKey(key))
    },
    clear: (name: StoreName) => {
      store(name).clear()
    },
  }
  return untyped as unknown as StorageTx
}

function toIdbRange(range: KeyRange | undefined): IDBKeyRange | null {
  if (range === undefined) return null
  const { lower, upper, lowerOpen = false, upperOpen = false } = range
  if (lower !== undefined && upper !== undefined) {
    return IDBKeyRange.bound(toIdbKey(lower), toIdbKey(upper), lowerOpen, upperOpen)
  }
  if (lower !== undefined) return IDBKeyRange.lowerBound(toIdbKey(lower), lowerOpen)
  return upper === undefined ? null : IDBKeyRange.upperBound(toIdbKey(upper), upperOpen)
}

/** Our keys are IndexedDB keys; only their arrays are read-only. */
function toIdbKey(key: Key): IDBValidKey {
  return key as IDBValidKey
}
