/** Calls over the worker's port: numbered questions, answers, progress, abort. */
import type { PortError } from '../sync/engine-port.ts'
import type { AccountMethod, EngineMethod, FromWorker, ToWorker } from '../sync/wire.ts'

/** A call that failed in the worker; `kind` as `PortError` has it. The server's words stay behind. */
class CallFailed extends Error implements PortError {
  override readonly name = 'CallFailed'
  readonly kind: string
  readonly retryAfterMs?: number
  constructor(error: PortError) {
    super(error.kind)
    this.kind = error.kind
    if (error.retryAfterMs !== undefined) this.retryAfterMs = error.retryAfterMs
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: CallFailed) => void
  readonly onProgress: ((received: number) => void) | undefined
}

/** The part of `Worker` that is used. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer?: Transferable[]): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
}

export interface CallOptions {
  readonly onProgress?: ((received: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export class WorkerCalls {
  readonly #worker: WorkerLike
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  /** `onSaid` gets what the worker says unasked. */
  constructor(worker: WorkerLike, onSaid: (message: FromWorker) => void) {
    this.#worker = worker
    worker.onmessage = ({ data }) => {
      if (data.k === 'answer') this.#didAnswer(data)
      else if (data.k === 'progress') this.#waiting.get(data.id)?.onProgress?.(data.received)
      else onSaid(data)
    }
  }

  post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }

  engine(method: EngineMethod, ...args: readonly unknown[]): Promise<unknown> {
    return this.#call((id) => ({ k: 'engine', id, method, args }), {})
  }

  account(
    account: string,
    method: AccountMethod,
    args: readonly unknown[],
    options: CallOptions = {},
  ): Promise<unknown> {
    return this.#call((id) => ({ k: 'account', id, account, method, args }), options)
  }

  #call(message: (id: number) => ToWorker, { onProgress, signal }: CallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new CallFailed({ kind: 'aborted' }))
        return
      }
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject, onProgress })
      this.#worker.postMessage(message(id))
      signal?.addEventListener(
        'abort',
        () => {
          if (!this.#waiting.delete(id)) return
          this.#worker.postMessage({ k: 'abort', id })
          reject(new CallFailed({ kind: 'aborted' }))
        },
        { once: true },
      )
    })
  }

  #didAnswer(answer: Extract<FromWorker, { k: 'answer' }>): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value)
    else waiting?.reject(new CallFailed(answer.error))
  }
}
