/** Web Locks as a dependency: tests have none, and private tabs do without. */
export interface Locks {
  /**
   * Runs `task` while holding the lock. Rejects with the signal's reason if it aborts while waiting, and with an
   * AbortError if another context steals the lock; the task then goes on and must notice by itself (the epoch).
   */
  request<T>(name: string, options: { signal?: AbortSignal; steal?: boolean; ifAvailable?: boolean }, task: (held: boolean) => Promise<T>): Promise<T>
}

/** Undefined where the browser has no Web Locks (or the page is not a secure context). */
export function systemLocks(): Locks | undefined {
  const manager = (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined
  if (!manager) return undefined
  return {
    request: (name, { signal, steal, ifAvailable }, task) =>
      manager.request(
        name,
        { ...(signal ? { signal } : {}), ...(steal ? { steal } : {}), ...(ifAvailable ? { ifAvailable } : {}) },
        (lock) => task(lock !== null),
      ) as Promise<Awaited<ReturnType<typeof task>>>,
  }
}
