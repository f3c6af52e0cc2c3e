/** Every account of every sign-in, each with its replica and port, opened once. */
import { SyncStatus } from './sync-status.svelte.ts'
import { MailboxList } from './mailbox-list.svelte.ts'
import { OwnAddresses } from './own-addresses.svelte.ts'
import type { OpenAccount } from './open-account.ts'
import type { AccountInfo, EnginePort } from '../sync/engine-port.ts'

export interface AccountState extends OpenAccount {
  readonly mailboxes: MailboxList
  readonly own: OwnAddresses
  readonly status: SyncStatus
}

export class Accounts {
  readonly #port: EnginePort
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no view reads it: what views see is #list
  readonly #open = new Map<string, AccountState>()
  #list = $state.raw<readonly AccountState[] | undefined>()
  #infos = $state.raw<readonly AccountInfo[]>([])
  #hasFailed = $state.raw(false)

  constructor(port: EnginePort) {
    this.#port = port
  }

  /** Those with mail. Undefined until the engine answered; empty, and none `withoutMail`, asks for a sign-in. */
  get list(): readonly AccountState[] | undefined {
    return this.#list
  }

  /** A sign-in whose session has no mail in any account: nothing to show, and nobody to ask to sign in. */
  get withoutMail(): AccountInfo | undefined {
    return this.#list?.length === 0 ? this.#infos[0] : undefined
  }

  /** The engine did not start: the list will not come. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  find(key: string): AccountState | undefined {
    return this.#list?.find((account) => account.info.key === key)
  }

  /** Reads the accounts and follows sign-ins and sign-outs of any tab. The returned function stops. */
  follow(): () => void {
    const stop = this.#port.onAccounts((accounts) => {
      this.#take(accounts)
    })
    this.#port.accounts().then(
      (accounts) => {
        this.#take(accounts)
      },
      () => {
        this.#hasFailed = true
      },
    )
    return stop
  }

  #take(accounts: readonly AccountInfo[]): void {
    for (const key of this.#open.keys()) if (!accounts.some((info) => info.key === key)) this.#open.delete(key)
    this.#infos = accounts
    this.#list = accounts.filter((info) => info.hasMail).map((info) => this.#opened(info))
  }

  #opened(info: AccountInfo): AccountState {
    const known = this.#open.get(info.key)
    if (known) return known
    const open: OpenAccount = { info, replica: this.#port.replica(info), port: this.#port.account(info) }
    const account = {
      ...open,
      mailboxes: new MailboxList(open),
      own: new OwnAddresses(open),
      status: new SyncStatus(open.port),
    }
    this.#open.set(info.key, account)
    return account
  }
}
