/** One account while this worker leads: its engine, its replica, its status with the page's visibility folded in. */
import type { JmapClient } from '../jmap/client.ts'
import { loadCode } from '../jmap/load-code.ts'
import type { AccountId, BlobId } from '../jmap/types.ts'
import type { Replica } from '../replica/replica.ts'
import type { AccountEngine } from '../sync/engine.ts'
import type { AccountInfo, Attention } from '../sync/engine-port.ts'
import type { AccountMethod } from '../sync/wire.ts'
import type { LaterCode } from './later-code.ts'
import type { CallContext } from './login-host.ts'

export interface AccountHostParts {
  readonly info: AccountInfo
  readonly replica: Replica
  readonly engine: AccountEngine
  readonly client: JmapClient
  readonly later: LaterCode
}

export class AccountHost {
  readonly info: AccountInfo
  readonly replica: Replica
  readonly engine: AccountEngine
  readonly #client: JmapClient
  readonly #later: LaterCode
  #attention: Attention | undefined

  constructor({ info, replica, engine, client, later }: AccountHostParts) {
    this.info = info
    this.replica = replica
    this.engine = engine
    this.#client = client
    this.#later = later
  }

  /** The engine spares network and battery while no page of this worker is seen. */
  setVisible(visible: boolean): void {
    const attention = this.#attention ?? { visible, mailboxId: null, emailIds: [], openThreadId: null }
    this.#setAttention({ ...attention, visible })
  }

  pokeOutbox(): void {
    this.engine.pokeOutbox()
  }

  /** Arguments come from our own page's `WorkerAccountPort`, whose signatures are those of `AccountPort`. */
  async call(method: AccountMethod, args: readonly unknown[], context: CallContext): Promise<unknown> {
    if (method.startsWith('fetch')) this.#later.open()
    switch (method) {
      case 'fetchBlob':
        return this.#fetchBlob(args[0] as { blobId: BlobId; type: string; name: string; size?: number }, context)
      case 'inspect': {
        const { inspect } = await loadCode(() => import('../sync/inspect.ts'))
        return inspect(this.replica, this.#client)
      }
      case 'setAttention':
        this.#setAttention(args[0] as Attention)
        return undefined
      default:
        // The engine's methods bear the port's names, and take its one argument.
        return this.engine[method](args[0] as never)
    }
  }

  #setAttention(attention: Attention): void {
    this.#attention = attention
    if (attention.emailIds.length > 0 || attention.openThreadId !== null) this.#later.open()
    this.engine.setAttention(attention)
  }

  #fetchBlob(blob: { blobId: BlobId; type: string; name: string; size?: number }, context: CallContext): Promise<Blob> {
    const accountId: AccountId = this.info.accountId
    return this.engine.fetchFile(blob, () =>
      this.#client.download(
        { accountId, ...blob },
        {
          priority: 'visible',
          ...(context.signal ? { signal: context.signal } : {}),
          ...(context.onProgress ? { onProgress: context.onProgress } : {}),
        },
      ),
    )
  }
}
