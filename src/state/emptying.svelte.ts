/** Whether a mailbox is being emptied, and what the reader can do about it. */
import { Live } from './live.svelte.ts'
import type { OpenAccount } from './open-account.ts'
import type { MailboxId } from '../jmap/types.ts'
import type { EmptyMailbox, OutboxRow } from '../mutations/mutation.ts'

export class Emptying {
  readonly #account: OpenAccount
  readonly #mailboxId: MailboxId
  readonly #live: Live<readonly OutboxRow[]>

  constructor(account: OpenAccount, mailboxId: MailboxId) {
    this.#account = account
    this.#mailboxId = mailboxId
    const { replica } = account
    this.#live = new Live<readonly OutboxRow[]>(replica, {
      initial: [],
      concerns: (notice) => notice.outbox === true,
      read: () => replica.outbox(),
    })
  }

  /** How many are gone so far; undefined: it is not being emptied. */
  get done(): number | undefined {
    return (this.#row?.mutation as EmptyMailbox | undefined)?.done
  }

  /** All that is there now: what comes later stays. Resolves once it is durable. */
  async begin(now: number): Promise<void> {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no view reads it
    const before = new Date(now).toISOString()
    const { replica, port } = this.#account
    const on = { emailIds: [], blobIds: [] }
    await replica.appendMutation({ type: 'emptyMailbox', ...on, mailboxId: this.#mailboxId, before, done: 0, total: 0 })
    port.pokeOutbox()
  }

  /** False: it is too late. */
  stop(): Promise<boolean> {
    return this.#row ? this.#account.replica.discardMutation(this.#row.id) : Promise.resolve(false)
  }

  get #row(): OutboxRow | undefined {
    return this.#live.current.find(
      ({ mutation, status }) =>
        mutation.type === 'emptyMailbox' && mutation.mailboxId === this.#mailboxId && status !== 'failed',
    )
  }
}
