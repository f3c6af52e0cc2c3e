/** One login's requests in flight: the server counts them per account (Stalwart: 4, all devices together). */

export interface RequestSlots {
  /** Waits for one of the first `limit` slots; the answer gives it back. Rejects with the signal's reason. */
  take(limit: number, signal?: AbortSignal): Promise<() => void>
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
