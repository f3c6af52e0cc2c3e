/** Bodies: the part of the replica that may be given up for room (`kept/`), by when they were opened last. */
import type { EmailBody, EmailId } from '../jmap/types.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Storage, StorageTx } from './storage/storage.ts'

/** A body opened again within this time need not be noted again. */
const NOTE_USE_AFTER = 60 * 60 * 1000

export class BodyShelf {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #log: Logger

  constructor(storage: Storage, clock: Clock, log: Logger) {
    this.#storage = storage
    this.#clock = clock
    this.#log = log
  }

  async body(id: EmailId): Promise<EmailBody | undefined> {
    const [body, use] = await this.#storage.transaction(['bodies', 'bodyUses'], { mode: 'readonly' }, (tx) =>
      Promise.all([tx.get('bodies', id), tx.get('bodyUses', id)]),
    )
    // Said to be here, and unreadable: then it is to be fetched.
    if (use && !body) await this.#change((tx) => tx.delete('bodyUses', id))
    // Not awaited: opening a message must not wait for a write.
    else if (use && !(use.isOpened && this.#clock.now() - use.lastUsed <= NOTE_USE_AFTER)) void this.#noteUse(id)
    return body
  }

  present(ids: readonly EmailId[]): Promise<ReadonlySet<EmailId>> {
    return this.#storage.transaction(['bodyUses'], { mode: 'readonly' }, async (tx) => {
      const uses = await Promise.all(ids.map((id) => tx.get('bodyUses', id)))
      return new Set(ids.filter((_, index) => uses[index] !== undefined))
    })
  }

  #noteUse(id: EmailId): Promise<void> {
    return this.#change(async (tx) => {
      const use = await tx.get('bodyUses', id)
      if (use !== undefined) tx.put('bodyUses', { ...use, lastUsed: this.#clock.now(), isOpened: true })
    })
  }

  async #change(body: (tx: StorageTx) => Promise<void> | void): Promise<void> {
    try {
      await this.#storage.transaction(['bodyUses'], { mode: 'readwrite', durability: 'relaxed' }, async (tx) =>
        body(tx),
      )
    } catch (error) {
      this.#log.debug('a use was not noted', error)
    }
  }
}
