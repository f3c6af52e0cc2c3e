/**
 * One login's requests in flight, over all tabs: the server counts them per account (Stalwart: 4, all devices together).
 * With Web Locks a slot is a lock, so that tabs which do not know of each other share them; without, it counts here.
 */
export type Locks = Pick<LockManager, 'request'>

export interface RequestSlots {
  /** Waits for one of the first `limit` slots; the answer gives it back. Rejects with the signal's reason. */
  take(limit: number, signal?: AbortSignal): Promise<() => void>
}

/** Slots `request/<login>/<n>`. */
export function lockSlots(locks: Locks, login: string): RequestSlots {
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
  return {
    async take(limit, signal) {
      for (let n = 0; n < limit; n += 1) {
        const release = await hold(`request/${login}/${n}`, { ifAvailable: true })
        if (release) return release
      }
      // All are taken: queue at one of them, each time at another.
      next = (next + 1) % limit
      const release = await hold(`request/${login}/${next}`, signal ? { signal } : {})
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
