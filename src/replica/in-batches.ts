/** Many reads of one transaction, some at a time. */

/** Sent together, thousands of requests keep a page from drawing for as long as it takes to send them. */
const BATCH = 100

/** Each batch is sent when the one before has been answered, which keeps the transaction open. In the order of `keys`. */
export async function inBatches<K, T>(keys: readonly K[], read: (key: K) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  await eachBatch(keys, read, (batch) => all.push(...batch))
  return all
}

/** What is made of each batch is made while the next one is read: no task does it for all of them. */
export async function eachBatch<K, T>(
  keys: readonly K[],
  read: (key: K) => Promise<T>,
  take: (batch: readonly T[]) => void,
): Promise<void> {
  for (let from = 0; from < keys.length; from += BATCH) {
    take(await Promise.all(keys.slice(from, from + BATCH).map(read)))
  }
}
