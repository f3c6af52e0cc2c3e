/** Who the reader is: which addresses turn a name into "you", and the name on the account row. */
import { Live } from './live.svelte.ts'
import type { OpenAccount } from './open-account.ts'
import type { Identity } from '../jmap/types.ts'

export class OwnAddresses {
  readonly #account: OpenAccount
  readonly #live: Live<readonly Identity[]>

  constructor(account: OpenAccount) {
    this.#account = account
    this.#live = new Live<readonly Identity[]>(account.replica, {
      initial: [],
      concerns: (notice) => notice.identities === true,
      read: () => account.replica.identities(),
    })
  }

  /** By their words: each row follows what comes of them. */
  readonly #lines: string = $derived.by(() => {
    const { username, name } = this.#account.info
    const known = [username, name, ...this.#live.current.map((identity) => identity.email)]
    return known
      .filter((address) => address.includes('@'))
      .join('\n')
      .toLowerCase()
  })

  /** Lower case. */
  readonly current: readonly string[] = $derived(this.#lines ? this.#lines.split('\n') : [])

  /** The reader's name by the identity of the account's own address; the address itself until it is known. */
  readonly name: string = $derived.by(() => {
    const { username } = this.#account.info
    const own = this.#live.current.find((identity) => identity.email.toLowerCase() === username.toLowerCase())
    return (own ?? this.#live.current[0])?.name || username
  })
}
