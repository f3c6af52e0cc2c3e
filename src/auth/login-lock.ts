/** The lock `auth/<login>`: one refresh at a time over all tabs. */
import type { Clock } from '../platform/clock.ts'
import type { Locks } from '../platform/locks.ts'

/** A stopped tab never passes its lock on. */
const patienceMs = 10_000

/**
 * Runs `work` under the lock. A holder over ten seconds is stolen from; its work goes on, so whoever holds the lock must
 * guard its writes by generation. Without Web Locks the work runs in line within this context.
 */
export async function underLoginLock<T>(
  locks: Locks | undefined,
  clock: Clock,
  login: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!locks) return inLine(login, work)
  const name = `auth/${login}`
  const waiting = new AbortController()
  const cancel = clock.after(patienceMs, () => {
    waiting.abort()
  })
  return new Promise<T>((resolve, reject) => {
    let isHeld = false
    const hold = (): Promise<void> => {
      isHeld = true
      cancel()
      const outcome = work()
      outcome.then(resolve, reject)
      return outcome.then(ignore, ignore)
    }
    // Once held, the work's outcome counts: the lock's own promise rejects when someone steals it meanwhile.
    const onRefused = (error: unknown): void => {
      cancel()
      if (!isHeld) reject(error instanceof Error ? error : new Error('The lock was refused'))
    }
    locks.request(name, { signal: waiting.signal }, hold).catch((error: unknown) => {
      if (isHeld || !waiting.signal.aborted) onRefused(error)
      else locks.request(name, { steal: true }, hold).catch(onRefused)
    })
  })
}

const ignore = (): void => undefined
const lines = new Map<string, Promise<void>>()

function inLine<T>(login: string, work: () => Promise<T>): Promise<T> {
  const outcome = (lines.get(login) ?? Promise.resolve()).then(work)
  lines.set(login, outcome.then(ignore, ignore))
  return outcome
}
