/** Web Locks in process: queues, signals, ifAvailable and steal as the specification has them (§4.4). */
import type { Locks } from '../../src/platform/locks.ts'

interface Held {
  readonly release: (error?: DOMException) => void
}

interface Waiting {
  readonly grant: () => void
}

export function fakeLocks(): Locks {
  const held = new Map<string, Held>()
  const queues = new Map<string, Waiting[]>()

  const next = (name: string): void => {
    if (!held.has(name)) queues.get(name)?.shift()?.grant()
  }

  const hold = (
    name: string,
    callback: LockGrantedCallback<unknown>,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ): void => {
    const lock: Held = {
      release: (error) => {
        if (held.get(name) === lock) held.delete(name)
        if (error) reject(error)
      },
    }
    held.set(name, lock)
    void Promise.resolve()
      .then(() => callback({ name, mode: 'exclusive' }))
      .then(resolve, reject)
      .finally(() => {
        if (held.get(name) !== lock) return
        held.delete(name)
        next(name)
      })
  }

  const request = (
    name: string,
    first: LockOptions | LockGrantedCallback<unknown>,
    second?: LockGrantedCallback<unknown>,
  ): Promise<unknown> => {
    const options = typeof first === 'function' ? {} : first
    const callback = typeof first === 'function' ? first : second
    if (!callback) return Promise.reject(new TypeError('no callback'))
    return new Promise((resolve, reject) => {
      if (options.steal) {
        held.get(name)?.release(new DOMException('stolen', 'AbortError'))
        hold(name, callback, resolve, reject)
        return
      }
      if (!held.has(name)) {
        hold(name, callback, resolve, reject)
        return
      }
      if (options.ifAvailable) {
        Promise.resolve(callback(null)).then(resolve, reject)
        return
      }
      const queue = queues.get(name) ?? []
      queues.set(name, queue)
      const waiting: Waiting = { grant: () => hold(name, callback, resolve, reject) }
      queue.push(waiting)
      options.signal?.addEventListener('abort', () => {
        const index = queue.indexOf(waiting)
        if (index < 0) return
        queue.splice(index, 1)
        reject(options.signal?.reason as Error)
      })
    })
  }
  return { request } as Locks
}
