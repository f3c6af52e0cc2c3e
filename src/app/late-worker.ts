/**
 * On a warm start the rows come from the database: the worker's script and start would only take processor time from
 * their first paint. So its start waits for that paint, or for the first answer that is asked of it; what was said
 * before is passed on in order.
 */
import type { FromWorker, ToWorker } from '../sync/wire.ts'
import type { WorkerLike } from './worker-calls.ts'

export class LateWorker implements WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null = null
  readonly #create: () => Worker
  #worker: Worker | undefined
  #said: { message: ToWorker; transfer: Transferable[] }[] = []

  constructor(create: () => Worker) {
    this.#create = create
  }

  postMessage(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.#worker) {
      this.#worker.postMessage(message, transfer)
      return
    }
    this.#said.push({ message, transfer })
    if (isWaitedFor(message)) this.start()
  }

  /** At once, with its locks and its connections to the database. */
  end(): void {
    this.#worker?.terminate()
  }

  start(): void {
    if (this.#worker) return
    const worker = this.#create()
    worker.onmessage = this.onmessage
    this.#worker = worker
    for (const { message, transfer } of this.#said) worker.postMessage(message, transfer)
    this.#said = []
  }
}

/** Somebody waits for the answer: not for what a list says of itself as it appears. */
function isWaitedFor(message: ToWorker): boolean {
  if (message.k === 'engine' || message.k === 'replica') return true
  return message.k === 'account' && !['setAttention', 'pokeOutbox', 'refresh'].includes(message.method)
}
