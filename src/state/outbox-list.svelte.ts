/** What of one account has not reached the server, kept up to date, and what the reader can decide about it. */
import { Live } from './live.svelte.ts'
import type { OpenAccount } from './open-account.ts'
import { isOnAll, type OutboxRow } from '../mutations/mutation.ts'

export class OutboxList {
  readonly #account: OpenAccount
  readonly #live: Live<readonly OutboxRow[] | undefined>

  constructor(account: OpenAccount) {
    this.#account = account
    const { replica } = account
    this.#live = new Live<readonly OutboxRow[] | undefined>(replica, {
      initial: undefined,
      concerns: (notice) => notice.outbox === true,
      read: () => replica.outbox(),
    })
  }

  /** What was refused first, then what waits, in the order in which it was done. Undefined until it is read. */
  get rows(): readonly OutboxRow[] | undefined {
    return this.#live.current?.toSorted((a, b) => rank(a) - rank(b) || a.seq - b.seq)
  }

  /** Answers how many wait again: others were decided on meanwhile. */
  async retry(rows: readonly OutboxRow[]): Promise<number> {
    const count = await this.#each(rows, (id) => this.#account.replica.retryMutation(id))
    this.#account.port.pokeOutbox()
    return count
  }

  /** Answers how many are gone: others have been sent meanwhile. */
  async discard(rows: readonly OutboxRow[]): Promise<number> {
    const count = await this.#each(rows, (id) => this.#account.replica.discardMutation(id))
    this.#account.port.pokeOutbox()
    return count
  }

  async #each(rows: readonly OutboxRow[], act: (id: string) => Promise<boolean>): Promise<number> {
    let count = 0
    for (const { id } of rows) if (await act(id)) count += 1
    return count
  }
}

/** Part of it is done. */
export function isUnderWay({ mutation, status }: OutboxRow): boolean {
  return status === 'queued' && isOnAll(mutation) && mutation.done > 0
}

function rank({ status }: OutboxRow): number {
  return status === 'failed' ? 0 : 1
}
