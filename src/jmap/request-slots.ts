/**
 * One login's requests in flight, over all tabs: the server counts them per account (Stalwart: 4, all devices together).
 * With Web Locks a slot is a lock, so that tabs which do not know of each other share them; without, it counts here.
 */
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'

/** A tab that was stopped in the middle of a request keeps its slot's lock for ever: after this it is taken from it. */
const PATIENCE_MS = 10_000

export interface RequestSlots {
  /** Waits for one of the first `limit` slots; the answer gives it back. Rejects with the signal's reason. */
  take(limit: number, signal?: AbortSignal): Promise<() => void>
}

/** Slots `request/<login>/<n>`. */
export function lockSlots(locks: Locks, login: string, clock: Clock): RequestSlots {
  let next = 0
  const hold = (name: string, options: LockOptions): Promise<(() => void) | undefined> =>
    new Promise((resolve, reject) => {
      locks
        .request(name, options, (lock) => {
          if (lock === null) {
            resolve(undefined)
            return undefined
          }
          return new Promise<void>((release) => {
            resolve(release)
          })
        })
        .catch(reject)
    })
  const queue = async (name: string, signal: AbortSignal | undefined): Promise<(() => void) | undefined> => {
    const wait = new AbortController()
    const giveUp = (): void => wait.abort()
    const cancel = clock.after(PATIENCE_MS, giveUp)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      return await hold(name, { signal: wait.signal })
    } catch (error) {
      if (signal?.aborted) throw signal.reason as Error
      if (!wait.signal.aborted) throw error
      return await hold(name, { steal: true })
    } finally {
      cancel()
      signal?.removeEventListener('abort', giveUp)
    }
  }
  return {
    async take(limit, signal) {
      for (let n = 0; n < limit; n += 1) {
        const release = await hold(`request/${login}/${n}`, { ifAvailable: true })
        if (release) return release
      }
      // All are taken: queue at one of them, each time at another.
      next = (next + 1) % limit
      const release = await queue(`request/${login}/${next}`, signal)
      return release ?? (() => undefined)
    },
  }
}

/** Slots of this context alone. */
export function localSlots(): RequestSlots {
  let taken = 0
  const waiting = new Set<() => void>()
  const wake = (): void => {
    taken -= 1
    for (const retry of [...waiting]) retry()
  }
  return {
    take: (limit, signal) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => {
          waiting.delete(attempt)
          reject(signal?.reason as Error)
        }
        const attempt = (): void => {
          if (taken >= limit) {
            waiting.add(attempt)
            return
          }
          waiting.delete(attempt)
          signal?.removeEventListener('abort', onAbort)
          taken += 1
          resolve(wake)
        }
        if (signal?.aborted) {
          reject(signal.reason as Error)
          return
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        attempt()
      }),
  }
}
