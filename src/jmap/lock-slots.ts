/** Request slots over all tabs: each is a Web Lock, so that private tabs, which do not know of each other, share them. */
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'
import type { RequestSlots } from './request-slots.ts'

/** A tab that was stopped in the middle of a request keeps its slot's lock for ever: after this it is taken from it. */
const PATIENCE_MS = 10_000

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
