/** One attachment on its way from the server to the reader's disk. */
import { loadProblem } from './thread-problem.ts'
import type { LoadProblem } from './thread-problem.ts'
import type { EmailBodyPart } from '../jmap/types.ts'
import type { AccountPort } from '../sync/engine-port.ts'

export type DownloadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly received: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: LoadProblem }

export class ThreadDownload {
  readonly #port: Pick<AccountPort, 'fetchBlob'>
  readonly #part: EmailBodyPart
  readonly #name: string
  #state = $state.raw<DownloadState>({ kind: 'idle' })
  #abort: AbortController | undefined

  constructor(port: Pick<AccountPort, 'fetchBlob'>, part: EmailBodyPart, name: string) {
    this.#port = port
    this.#part = part
    this.#name = name
  }

  get state(): DownloadState {
    return this.#state
  }

  /** Resolves with the bytes, or with undefined when it was cancelled, failed, or runs already. */
  async start(): Promise<Blob | undefined> {
    const { blobId, type, size } = this.#part
    if (this.#state.kind === 'running') return undefined
    if (!blobId) {
      this.#state = { kind: 'failed', problem: 'gone' }
      return undefined
    }
    const abort = new AbortController()
    this.#abort = abort
    this.#state = { kind: 'running', received: 0 }
    try {
      const blob = await this.#port.fetchBlob(
        { blobId, type, name: this.#name, size },
        (received) => {
          if (this.#abort === abort) this.#state = { kind: 'running', received }
        },
        abort.signal,
      )
      if (this.#abort !== abort) return undefined
      this.#state = { kind: 'done' }
      return blob
    } catch (error) {
      if (this.#abort === abort) this.#state = { kind: 'failed', problem: loadProblem(error) }
      return undefined
    } finally {
      if (this.#abort === abort) this.#abort = undefined
    }
  }

  cancel(): void {
    const abort = this.#abort
    this.#abort = undefined
    this.#state = { kind: 'idle' }
    abort?.abort()
  }
}
