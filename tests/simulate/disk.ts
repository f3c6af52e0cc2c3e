/**
 * A device's storage: IndexedDB's model in memory, with a disk that may be full, and a power cut that takes the last
 * transactions which were not flushed. A strict one flushes all before it.
 */
import { ReplicaError } from '../../src/replica/replica-error.ts'
import { MemoryStorage } from '../../src/replica/memory/memory-storage.ts'
import { explicitKey, STORE_NAMES, STORES, type StoreName } from '../../src/replica/storage/schema.ts'
import type { Storage, StorageTx, TransactionOptions } from '../../src/replica/storage/storage.ts'
import { Crashed, never, type Life } from './life.ts'

interface Old {
  readonly store: StoreName
  /** Left out: all of the store was cleared. */
  readonly key?: unknown
  readonly values: Promise<readonly object[]>
}

export class Disk implements Storage {
  /** Since its first moment of fullness something may have been given up for room. */
  wasFull = false
  #isFull = false
  readonly #memory = new MemoryStorage()
  /** Of each transaction since the last flush: what was there before. */
  #unflushed: Old[][] = []

  get isFull(): boolean {
    return this.#isFull
  }

  set isFull(isFull: boolean) {
    this.#isFull = isFull
    this.wasFull ||= isFull
  }

  async transaction<T>(
    stores: readonly StoreName[],
    options: TransactionOptions,
    body: (tx: StorageTx) => Promise<T>,
  ): Promise<T> {
    if (options.mode === 'readonly') return this.#memory.transaction(stores, options, body)
    return this.#memory.transaction(stores, options, async (tx) => {
      const olds: Old[] = []
      const result = await body(this.#noting(tx, olds))
      if (options.durability === 'strict') this.#unflushed = []
      else if (olds.length > 0) this.#unflushed.push(olds)
      return result
    })
  }

  close(): void {
    // It is the device's, whoever closes it.
  }

  /** The last transactions are gone, at most so many; answers how many. */
  async cut(most: number): Promise<number> {
    const lost = this.#unflushed.splice(Math.max(0, this.#unflushed.length - most))
    await this.#memory.transaction(STORE_NAMES, { mode: 'readwrite' }, async (tx) => {
      for (const { store, key, values } of lost.reverse().flatMap((olds) => olds.reverse())) {
        if (key !== undefined) tx.delete(store, key as never)
        for (const value of await values) tx.put(store, value as never)
      }
    })
    this.#unflushed = []
    return lost.length
  }

  #noting(tx: StorageTx, olds: Old[]): StorageTx {
    const note = (store: StoreName, key: unknown): void => {
      // Asked for at once: what it is before this write.
      const values = tx.get(store, key as never).then((value) => (value === undefined ? [] : [value]))
      olds.push({ store, key, values })
    }
    return {
      ...tx,
      put: (store, value) => {
        if (this.isFull) throw new ReplicaError('quota')
        note(store, explicitKey(store, value) ?? (value as Record<string, unknown>)[STORES[store].keyPath ?? ''])
        tx.put(store, value)
      },
      append: async (value) => {
        if (this.isFull) throw new ReplicaError('quota')
        const seq = await tx.append(value)
        olds.push({ store: 'outbox', key: seq, values: Promise.resolve([]) })
        return seq
      },
      delete: (store, key) => {
        note(store, key)
        tx.delete(store, key)
      },
      clear: (store) => {
        olds.push({ store, values: tx.getAll(store) })
        tx.clear(store)
      },
    }
  }
}

/** A tab's connection to its device's disk. */
export function connection(disk: Disk, life: Life): Storage {
  let isClosed = false
  return {
    transaction: (stores, options, body) => {
      if (!life.point()) return never()
      if (isClosed) return Promise.reject(new DOMException('The replica is closed.', 'InvalidStateError'))
      return life.through(disk.transaction(stores, options, (tx) => body(life.isDoomed ? mortal(tx, life) : tx)))
    },
    close: () => {
      isClosed = true
    },
  }
}

function mortal(tx: StorageTx, life: Life): StorageTx {
  return new Proxy(tx, {
    get: (target, name) => {
      if (!life.point()) throw new Crashed()
      return Reflect.get(target, name) as unknown
    },
  })
}
